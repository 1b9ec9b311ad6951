-- A queue for two, and four who call.
--
-- listen(2) lets two requests wait until the server accepts; the third caller is refused. tcp answers for the
-- application, so its callers are connected before accept was ever called. tp4 and session leave the answer, and what
-- it may carry, to the application: their callers wait. When the server has accepted, there is room for the fourth.

local PORT = 5000
local BETWEEN_CALLS = "10s" -- a request has arrived by then, on a bad link too
local FIRST_ACCEPT = 30000 -- ms: three have called, and tp4's first caller has not given up yet

process("server", function()
  local listener = assert(socket())
  assert(listener:bind(PORT))
  assert(listener:listen(2))
  sleep(FIRST_ACCEPT)
  for _ = 1, 3 do
    local s = assert(listener:accept())
    thread(function()
      s:send("welcome")
      s:recv()
      s:closesocket()
    end)
  end
end)

local function call(number)
  local s = assert(socket())
  local connected, err = s:connect("server:" .. PORT)
  outcome(("caller %d"):format(number), connected and "connected" or err)
  if connected then
    outcome(("caller %d was connected"):format(number), now() < FIRST_ACCEPT and "before accept" or "after accept")
  end
  if connected then
    assert(s:recv() == "welcome")
    s:closesocket()
  end
end

process("client", function()
  sleep("1ms") -- the server listens by then
  for number = 1, 3 do
    thread(function() call(number) end)
    sleep(number < 3 and BETWEEN_CALLS or "1min")
  end
  call(4)
end)
