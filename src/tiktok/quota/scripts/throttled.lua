-- TikTok throttled a request: no permits for a while, longer with each throttle in a row.
-- KEYS: 1 throttle. ARGV: 1 when its permit was granted 2 'second' or 'minute' 3 the minute's pause, ms 4 at least so long, ms
-- Returns for how long there are none, ms; 0 for a permit granted before the last throttle; -1 when waiting is given up.
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local g = redis.call('HMGET', KEYS[1], 'blockedat', 'step', 'pauses', 'blocked')
if tonumber(ARGV[1]) <= (tonumber(g[1]) or 0) then return 0 end
local step, pauses, pause = tonumber(g[2]) or 0, tonumber(g[3]) or 0, tonumber(ARGV[3])
local ms
if ARGV[2] == 'second' and step < 3 then
  step = step + 1
  ms = math.min(1000 * 2 ^ (step - 1), pause)
else
  step = 3
  if pauses >= 3 then return -1 end
  pauses = pauses + 1
  ms = pause
end
local blocked = math.max(tonumber(g[4]) or 0, now + math.max(ms, tonumber(ARGV[4])))
redis.call('HSET', KEYS[1], 'blocked', blocked, 'blockedat', now, 'probing', 1, 'step', step, 'pauses', pauses)
return blocked - now
