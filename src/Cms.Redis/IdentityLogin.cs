using StackExchange.Redis.Configuration;

namespace Cms.Redis;

/// <summary>
/// Signs in with a token instead of a password. When the token expires, Redis closes the connection, and the next one signs
/// in with a new token. Signals that are lost meanwhile cost one reading of the change log.
/// </summary>
internal sealed class IdentityLogin(string identity, Func<string> token) : DefaultOptionsProvider
{
    public override string? User => identity;

    public override string? Password => token();
}
