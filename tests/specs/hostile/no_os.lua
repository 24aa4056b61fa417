-- SPEC:2: os is not available in a spec and was not set
os.execute("true")
