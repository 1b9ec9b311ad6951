-- User data of exactly the greatest length that session carries, and one octet more, in both versions and where TSDUs
-- are short (X.225 8.3): in CN, AC, FN and DN.

local VERSIONS = {
  { name = "version 1", number = 1, tsdu = 0, caller_max = 512, max = 512 },
  { name = "version 2", number = 2, tsdu = 0, caller_max = 10240, max = 10240 },
  { name = "version 1, TSDUs of 256", number = 1, tsdu = 256, caller_max = 512, max = 56 },
  { name = "version 2, TSDUs of 256", number = 2, tsdu = 256, caller_max = 10240, max = 10240 },
}

-- Octets of which each says where it stands.
local function data(octets)
  local parts = {}
  for i = 1, octets // 8 + 1 do parts[i] = ("%08d"):format(i) end
  return table.concat(parts):sub(1, octets)
end

local function seen(octets, err)
  if not octets then return err end
  return octets == data(#octets) and #octets or "damaged"
end

local function choose(s, version)
  assert(s:setsockopt("SO_SESSION_VERSIONS", version.number))
  assert(s:setsockopt("SO_SESSION_TSDU_MAXIMUM_SEND", version.tsdu))
end

process("server", function()
  for i, version in ipairs(VERSIONS) do
    local function result(what, ...) outcome(version.name .. ": " .. what, ...) end
    local listener = assert(socket())
    choose(listener, version)
    assert(listener:bind(5000 + i))
    assert(listener:listen(1))
    local s = assert(listener:WSAAccept(function(request)
      result("caller data that came", seen(request.caller_data))
      result("room for callee data", request.callee_data_max)
      return "CF_ACCEPT", data(request.callee_data_max)
    end))
    result("message that came", seen(s:recv()))
    result("then", select(2, s:recv()))
    result("disconnect data that came", seen(s:WSARecvDisconnect()))
    result("one octet more in the answer", s:WSASendDisconnect(data(version.max + 1)))
    result("all that fits in the answer", s:WSASendDisconnect(data(version.max)))
    assert(s:closesocket())
    assert(listener:closesocket())
  end
end)

process("client", function()
  for i, version in ipairs(VERSIONS) do
    local function result(what, ...) outcome(version.name .. ": " .. what, ...) end
    sleep("1s") -- the server listens by then
    local s = assert(socket())
    choose(s, version)
    local server = "server:" .. 5000 + i
    result("one octet more of caller data",
      seen(s:WSAConnect { to = server, caller_data = data(version.caller_max + 1) }))
    result("all that fits of caller data, and the answer",
      seen(s:WSAConnect { to = server, caller_data = data(version.caller_max) }))
    assert(s:send(data(200)))
    result("one octet more of disconnect data", s:WSASendDisconnect(data(version.max + 1)))
    result("all that fits of disconnect data", s:WSASendDisconnect(data(version.max)))
    result("the end", select(2, s:recv()))
    result("answer that came", seen(s:WSARecvDisconnect()))
    assert(s:closesocket())
  end
end)
