-- SPEC:2: a spec must return what net.model makes, not net.adam
return net.adam {}
