-- A request has left. KEYS: 1 departures. ARGV: 1 permit.
local t = redis.call('TIME')
redis.call('ZADD', KEYS[1], t[1] * 1000 + math.floor(t[2] / 1000), ARGV[1])
return redis.call('PEXPIRE', KEYS[1], 125000)
