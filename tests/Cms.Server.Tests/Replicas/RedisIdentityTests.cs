using Cms.GraphQL;
using Cms.Redis;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using Xunit;

namespace Cms.Server.Tests.Replicas;

/// <summary>The server signs in to Redis with tokens of its managed identity, which expire.</summary>
[Needs("process")]
public sealed class RedisIdentityTests
{
    [SkippableFact]
    public async Task A_new_token_is_used_when_the_old_one_has_expired()
    {
        using var redis = await RedisServer.StartAsync();
        await using var administrator = await ConnectionMultiplexer.ConnectAsync(
            $"{redis.ConnectionString},allowAdmin=true"
        );
        var rules = administrator.GetDatabase();
        await rules.ExecuteAsync("ACL", "SETUSER", "identity", "on", ">first", "allcommands", "allkeys", "allchannels");
        var token = "first";
        await using var connection = await ConnectionMultiplexer.ConnectAsync(
            OptionsOf(redis.ConnectionString, () => Volatile.Read(ref token))
        );
        Assert.Equal("identity", (string?)await connection.GetDatabase().ExecuteAsync("ACL", "WHOAMI"));
        var lost = new TaskCompletionSource();
        var restored = new TaskCompletionSource();
        connection.ConnectionFailed += (_, _) => lost.TrySetResult();
        connection.ConnectionRestored += (_, _) => restored.TrySetResult();

        Volatile.Write(ref token, "second");
        await rules.ExecuteAsync("ACL", "SETUSER", "identity", "resetpass", ">second");
        await rules.ExecuteAsync("CLIENT", "KILL", "USER", "identity");

        await lost.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await restored.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("identity", (string?)await connection.GetDatabase().ExecuteAsync("ACL", "WHOAMI"));
    }

    [Theory]
    [InlineData("redis.example:10000,ssl=true,password=secret")]
    [InlineData("redis.example:10000,ssl=true,user=somebody")]
    public void An_identity_and_a_password_are_not_accepted_together(string connectionString)
    {
        var refused = Assert.Throws<CannotStartException>(() => OptionsOf(connectionString, () => "token"));

        Assert.Contains("remove them", refused.Message, StringComparison.Ordinal);
    }

    private static ConfigurationOptions OptionsOf(string connectionString, Func<string> token) =>
        new ServiceCollection()
            .AddCmsRedis(connectionString, new RedisSettings { Identity = "identity" }, token)
            .Single(service => service.ServiceType == typeof(ConfigurationOptions))
            .ImplementationInstance as ConfigurationOptions
        ?? throw new InvalidOperationException("The options are not registered.");
}
