using Cms.Data;
using Cms.Redis;
using StackExchange.Redis;

namespace Cms.Server.Doctor;

/// <summary>Writes a key to Redis and sends a signal.</summary>
internal static class RedisCheck
{
    private const string Name = "Redis";
    private const int OldestMajor = 5;

    public static async Task<IReadOnlyList<Finding>> RunAsync(RedisConnection redis, string prefix)
    {
        try
        {
            var (version, took) = await redis.ProveAsync(prefix);
            return
            [
                version.Major >= OldestMajor
                    ? Finding.Ok(
                        Name,
                        FormattableString.Invariant(
                            $"Redis {version} at {redis.Servers} answers in {took.TotalMilliseconds:F0} ms."
                        )
                    )
                    : Finding.Failure(
                        Name,
                        FormattableString.Invariant($"Redis {version} is too old: install version 5 or later.")
                    ),
            ];
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            // The messages of the library have pages of diagnostics.
            return
            [
                Finding.Failure(
                    Name,
                    $"Redis at {redis.Servers} cannot be used ({Reason(fault)}): start it, or correct ConnectionStrings__Redis. Servers work without it, but show changes of each other after up to a second."
                ),
            ];
        }
    }

    private static string Reason(Exception fault) =>
        fault switch
        {
            RedisConnectionException lost => lost.FailureType.ToString(),
            RedisServerException refused => refused.FirstLine,
            _ => "no answer",
        };
}
