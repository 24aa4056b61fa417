-- SPEC:2: package is not available in a spec and was not set
package.loadlib("x", "y")
