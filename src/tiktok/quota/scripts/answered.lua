-- A request was answered: where that was after the door last closed, it is open again.
-- KEYS: 1 gate. ARGV: 1 when its turn was given 2 '1' where it succeeded, which ends a row of throttles
local g = redis.call('HMGET', KEYS[1], 'closedat')
if tonumber(ARGV[1]) > (tonumber(g[1]) or 0) then
  redis.call('HSET', KEYS[1], 'probing', 0)
  if ARGV[2] == '1' then redis.call('HSET', KEYS[1], 'step', 0, 'pauses', 0) end
end
return 1
