-- SPEC:2: error table
error({})
