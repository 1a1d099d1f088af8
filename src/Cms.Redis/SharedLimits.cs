using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cms.Partners;
using StackExchange.Redis;

namespace Cms.Redis;

/// <summary>The limit of one kind of client: a bucket that is refilled continuously.</summary>
/// <param name="Name">The name of the limit, such as <c>anonymous</c>.</param>
/// <param name="PerSecond">How many requests are added each second.</param>
/// <param name="Burst">The most that a client can save up.</param>
public sealed record ClientLimit(string Name, int PerSecond, int Burst);

/// <summary>Counts what clients use of their limits, for all servers together.</summary>
public sealed class SharedLimits(RedisConnection redis, RedisSettings settings)
{
    // Redis runs a script as one step, and its own clock counts, whatever the clocks of the servers say.
    private const string Take = """
        local time = redis.call('TIME')
        local now = time[1] + time[2] / 1000000
        local rate, burst, count = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local kept = redis.call('HMGET', KEYS[1], 'left', 'at')
        local left = burst
        if kept[1] then
            left = math.min(burst, tonumber(kept[1]) + math.max(0, now - tonumber(kept[2])) * rate)
        end
        local allowed = 0
        if left >= 1 then
            allowed = 1
            left = left - count
        end
        if count > 0 then
            redis.call('HSET', KEYS[1], 'left', string.format('%.6f', left), 'at', string.format('%.6f', now))
            redis.call('PEXPIRE', KEYS[1], math.ceil(burst / rate * 1000) + 1000)
        end
        return {allowed, math.floor(left)}
        """;

    // It is counted for a minute, and for a while after that, because the clocks of the servers can differ.
    private const string Count = """
        local count = redis.call('INCR', KEYS[1])
        if count == 1 then
            redis.call('PEXPIRE', KEYS[1], 120000)
        end
        return count
        """;

    // A request waits this long for Redis. After that, Redis is left alone for the pause.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long _failedAt;

    /// <summary>
    /// Takes requests from the client's bucket. Returns null if Redis does not respond; the server then counts alone.
    /// </summary>
    /// <param name="limit">The limit.</param>
    /// <param name="client">Who is limited. Redis receives only a hash of it.</param>
    /// <param name="count">1 to take a request, 0 to find out whether one is left.</param>
    public async ValueTask<(bool IsAllowed, long Left)?> TakeAsync(ClientLimit limit, string client, int count)
    {
        var answer = (long[]?)
            await EvaluateAsync(limit.Name, Take, KeyOf(limit.Name, client), [limit.PerSecond, limit.Burst, count]);
        return answer is [var allowed, var left] ? (allowed == 1, left) : null;
    }

    /// <summary>
    /// Counts a request of a partner in a minute. Returns null if Redis does not respond; the server then counts alone.
    /// </summary>
    /// <param name="partner">The partner. Redis receives only a hash of its id.</param>
    /// <param name="minute">When the minute began, by the clock of this server.</param>
    public async ValueTask<long?> CountAsync(PartnerId partner, DateTimeOffset minute)
    {
        const string Name = "partner";
        var key = KeyOf(Name, string.Create(CultureInfo.InvariantCulture, $"{partner} {minute.ToUnixTimeSeconds()}"));
        return (long?)await EvaluateAsync(Name, Count, key, []);
    }

    // Returns null if Redis does not respond.
    private async ValueTask<RedisResult?> EvaluateAsync(string limit, string script, RedisKey key, RedisValue[] values)
    {
        if (redis.Current is not { } connection || IsPausing())
        {
            return null;
        }

        using var activity = RedisTelemetry.Begin("EVAL", $"limit:{limit}");
        try
        {
            var answer = await connection.GetDatabase().ScriptEvaluateAsync(script, [key], values).WaitAsync(Longest);
            redis.ReportBack();
            return answer;
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            activity.Fail(fault);
            Volatile.Write(ref _failedAt, Stopwatch.GetTimestamp());
            redis.ReportAway(fault is TimeoutException ? "no answer within a second" : fault.GetType().Name);
            return null;
        }
    }

    private bool IsPausing() =>
        Volatile.Read(ref _failedAt) is var failedAt && failedAt != 0 && Stopwatch.GetElapsedTime(failedAt) < Pause;

    private RedisKey KeyOf(string limit, string client) =>
        $"{settings.Prefix}:limit:{limit}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(client)).AsSpan(0, 16))}";
}
