-- Prints to stdout, or ends the command with one line: what a full disk took must not pass for a whole answer.
-- Not by an error, since argparse, which prints its help with this, would add a traceback.
return function(text)
  local ok, fault = io.write(text)
  if ok then ok, fault = io.stdout:flush() end
  if ok then return end
  io.stderr:write("castnet: cannot write to stdout: ", tostring(fault), "\n")
  os.exit(1)
end
