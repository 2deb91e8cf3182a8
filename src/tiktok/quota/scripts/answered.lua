-- A request was answered. Where its permit was granted after the last throttle, permits come at full pace again.
-- KEYS: 1 throttle. ARGV: 1 when its permit was granted 2 '1' where it succeeded, which resets the backoff
local g = redis.call('HMGET', KEYS[1], 'blockedat')
if tonumber(ARGV[1]) > (tonumber(g[1]) or 0) then
  redis.call('HSET', KEYS[1], 'probing', 0)
  if ARGV[2] == '1' then redis.call('HSET', KEYS[1], 'step', 0, 'pauses', 0) end
end
return 1
