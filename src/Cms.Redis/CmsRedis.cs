using Cms.Data;
using Cms.GraphQL;
using Cms.Partners.Usage;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Cms.Redis;

/// <summary>What several servers on one database share through Redis.</summary>
public sealed record RedisSettings
{
    /// <summary>The beginning of every key and channel. Installations that share a Redis need different ones.</summary>
    public string Prefix { get; init; } = "cms";

    /// <summary>
    /// The object id of the server's managed identity, with which it signs in to Azure Managed Redis instead of a password.
    /// </summary>
    public string? Identity { get; init; }
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
        /// <param name="connectionString">In the form of StackExchange.Redis.</param>
        /// <param name="settings">What is shared, and how.</param>
        /// <param name="token">Returns a valid token of the identity in the settings.</param>
        /// <exception cref="CannotStartException">The connection string cannot be read.</exception>
        public IServiceCollection AddCmsRedis(string connectionString, RedisSettings settings, Func<string> token) =>
            services
                .AddSingleton(settings)
                .AddSingleton(OptionsOf(connectionString, settings.Identity, token))
                .AddSingleton<RedisConnection>()
                .AddSingleton<SharedLimits>()
                .AddSingleton<CountTogether>(provider => provider.GetRequiredService<SharedLimits>().CountAsync)
                .AddSingleton<RedisSignal>()
                .AddSingleton<ICommitStep>(provider => provider.GetRequiredService<RedisSignal>())
                .AddHostedService<SignalReader>();
    }

    private static ConfigurationOptions OptionsOf(string connectionString, string? identity, Func<string> token)
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

        if (identity is { Length: > 0 })
        {
            if (options is not { User: null, Password: null })
            {
                throw new CannotStartException(
                    "Cms__Redis__Identity is set, but ConnectionStrings__Redis has a user or a password too: remove them, or unset Cms__Redis__Identity."
                );
            }

            options.Defaults = new IdentityLogin(identity, token);
        }

        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ReconnectRetryPolicy = new LinearRetry(RetryMilliseconds);
        options.ClientName ??= "cms";
        return options;
    }
}
