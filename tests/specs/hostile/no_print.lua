-- SPEC:2: print is not available in a spec and was not set
print("hello")
