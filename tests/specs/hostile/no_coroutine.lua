-- SPEC:2: coroutine is not available in a spec and was not set
coroutine.create(print)
