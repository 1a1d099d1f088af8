using Cms.Data;
using Cms.GraphQL;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Cms.Redis;

/// <summary>What several servers on one database share through Redis.</summary>
public sealed record RedisSettings
{
    /// <summary>The beginning of every key and channel. Installations that share a Redis need different ones.</summary>
    public string Prefix { get; init; } = "cms";
}

public static class CmsRedis
{
    // After a loss, the connection is tried again every second, like the poll of the change log.
    private const int RetryMilliseconds = 1_000;

    extension(IServiceCollection services)
    {
        /// <summary>
        /// Adds the signal that wakes other servers after a commit, and the limits that all servers share.
        /// </summary>
        /// <exception cref="CannotStartException">The connection string cannot be read.</exception>
        public IServiceCollection AddCmsRedis(string connectionString, RedisSettings settings) =>
            services
                .AddSingleton(settings)
                .AddSingleton(OptionsOf(connectionString))
                .AddSingleton<RedisConnection>()
                .AddSingleton<SharedLimits>()
                .AddSingleton<RedisSignal>()
                .AddSingleton<ICommitStep>(provider => provider.GetRequiredService<RedisSignal>())
                .AddHostedService<SignalReader>();
    }

    private static ConfigurationOptions OptionsOf(string connectionString)
    {
        ConfigurationOptions options;
        try
        {
            options = ConfigurationOptions.Parse(connectionString);
        }
        catch (ArgumentException unreadable)
        {
            throw new CannotStartException(
                "ConnectionStrings__Redis cannot be read: set it to a host and a port, such as redis.example:6379,ssl=true,password=….",
                unreadable
            );
        }

        if (options.EndPoints.Count == 0)
        {
            throw new CannotStartException(
                "ConnectionStrings__Redis names no server: set it to a host and a port, such as redis.example:6379,ssl=true,password=…."
            );
        }

        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ReconnectRetryPolicy = new LinearRetry(RetryMilliseconds);
        options.ClientName ??= "cms";
        return options;
    }
}
