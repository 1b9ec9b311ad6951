-- How closesocket deals with what was sent and has not been read.
--
-- By default it returns at once, and what was sent goes on in the background. With SO_LINGER and a time it waits until
-- all is delivered and the connection released, but no longer than that time; with a time of 0 it aborts. The server
-- looks only when all is over. tcp and session keep what the release found unread; the only end that tp4 has, a
-- disconnect, destroys it.

local PORT = 5000
local LATER = "10h"
local WAYS = {
  { name = "as it is" },
  { name = "lingering, peer reads", linger = { onoff = 1, linger = 600 }, peer_reads = true },
  { name = "lingering, peer does not", linger = { onoff = 1, linger = 5 }, fills = true, aborts = true },
  { name = "lingering for 0 s", linger = { onoff = 1, linger = 0 }, aborts = true },
}

local function look(s, way)
  assert(s:send("hello"))
  if not way.peer_reads then sleep(LATER) end
  -- A reset that the network lost is repeated for whoever asks.
  if way.aborts then
    s:send("are you there?")
    sleep(LATER)
  end
  local octets, part, how = 0, nil, nil
  repeat
    part, how = s:recv()
    octets = octets + #(part or "")
  until not part or part == ""
  outcome(way.name .. ": the server reads", octets, part and "recv returned 0" or how)
  s:closesocket()
end

process("server", function()
  local listener = assert(socket())
  assert(listener:bind(PORT))
  assert(listener:listen(1))
  for _, way in ipairs(WAYS) do look(assert(listener:accept()), way) end
end)

process("client", function()
  sleep("1ms") -- the server listens by then
  for _, way in ipairs(WAYS) do
    local s = assert(socket())
    assert(s:connect("server:" .. PORT))
    assert(s:recv()) -- "hello": the server has accepted, whatever comes now
    assert(s:send(("x"):rep(1000)))
    if way.fills then
      s:ioctlsocket("FIONBIO", true)
      for _ = 1, 5 do -- until all buffers are full, the peer's too
        while s:send(("x"):rep(1000)) do end
        sleep("1h")
      end
      s:ioctlsocket("FIONBIO", false)
    end
    if way.linger then assert(s:setsockopt("SO_LINGER", way.linger)) end
    local before = now()
    local closed, err = s:closesocket()
    local waited = now() - before
    local how_long = waited == 0 and "at once" or waited == 5000 and "after 5 s" or "when all was delivered"
    outcome(way.name .. ": closesocket returns", closed and how_long or err)
    sleep("100h")
  end
end)
