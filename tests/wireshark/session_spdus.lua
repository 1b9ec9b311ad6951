-- Every SPDU that the session provider sends, each at least once, so that others can look at them. What the client says
-- when it connects tells the server what to do.

local LONG = ("last words, "):rep(50) -- 600 octets: more than version 1 carries

network {
  hosts = { "client", "server" },
  links = { { "client", "server", latency = "5ms" } },
}

-- Reads until the peer has ended the conversation, and answers with as many octets as it said.
local function serve(s)
  local message
  repeat message = s:recv(20000) until not message
  local words = s:WSARecvDisconnect(20000)
  if words then s:WSASendDisconnect(words) end
  s:closesocket()
end

local function decide(request)
  if request.caller_data == "refuse me" then return "CF_REJECT", "as you like" end
  return "CF_ACCEPT", "welcome"
end

process("server", function()
  local listener = assert(socket())
  assert(listener:setsockopt("SO_SESSION_USER_REFERENCE", "server"))
  assert(listener:setsockopt("SO_SESSION_KEEP_TRANSPORT", true))
  assert(listener:bind(5000))
  assert(listener:listen(10))
  while true do
    local ready = select { read = { listener }, timeout = "10min" }
    if #ready == 0 then break end
    local s = listener:WSAAccept(decide)
    if s then thread(function() serve(s) end) end
  end
  assert(listener:closesocket())
end)

local function open(options)
  local s = assert(socket())
  for name, value in pairs(options) do assert(s:setsockopt(name, value)) end
  return s
end

local function finish(s, words)
  assert(s:WSASendDisconnect(words))
  local _, err = s:recv()
  check(err == "WSAEDISCON", "the server answers in the end")
  check(s:WSARecvDisconnect(20000) == words, "with the same words")
  assert(s:closesocket())
end

local function abort(s)
  assert(s:setsockopt("SO_LINGER", { onoff = 1, linger = 0 }))
  assert(s:closesocket())
end

process("client", function()
  sleep("1ms")
  local to = "server:5000"

  step("1", "a conversation with a beginning, a middle and an end")
  local s = open { SO_SESSION_USER_REFERENCE = "client", SO_SESSION_COMMON_REFERENCE = "today" }
  check(s:WSAConnect { to = to, caller_data = "hello", callee_data_max = 100 } == "welcome", "connect data both ways")
  assert(s:send("a message"))
  assert(s:send("")) -- an empty one
  finish(s, "bye")

  step("2", "version 1 alone")
  s = open { SO_SESSION_VERSIONS = 1 }
  assert(s:connect(to))
  finish(s, "bye")

  step("3", "refused by the user, with data; and by the provider, for nobody listens there")
  s = open {}
  local _, err = s:WSAConnect { to = to, caller_data = "refuse me" }
  check(err == "WSAECONNREFUSED", "refused")
  _, err = s:connect("server:5999")
  check(err == "WSAECONNREFUSED", "refused too")
  assert(s:closesocket())

  step("4", "an abort")
  s = open {}
  assert(s:connect(to))
  abort(s)
  sleep("1s")

  step("5", "more user data than fits into one parameter, messages and last words in segments")
  s = open { SO_SESSION_TSDU_MAXIMUM_SEND = 256, SO_SESSION_TSDU_MAXIMUM_RECEIVE = 256 }
  assert(s:WSAConnect { to = to, caller_data = LONG })
  assert(s:send(LONG))
  finish(s, LONG)

  step("6", "three conversations and a refusal over one transport connection")
  local keep = { SO_SESSION_KEEP_TRANSPORT = true }
  s = open(keep)
  assert(s:connect(to))
  finish(s, "until soon")
  s = open(keep)
  _, err = s:WSAConnect { to = to, caller_data = "refuse me" }
  check(err == "WSAECONNREFUSED", "refused, but kept")
  assert(s:closesocket())
  s = open(keep)
  assert(s:connect(to))
  abort(s) -- which is answered, for the transport connection is kept
  sleep("1s")
  s = open(keep)
  assert(s:connect(to))
  finish(s, "bye")
end)
