using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Access;

/// <summary>
/// If the issuer accepts connections but never responds, only requests whose token has an unknown key wait.
/// </summary>
[Needs("server")]
public sealed class SilentIssuerTests : AccessSuite
{
    protected override IReadOnlyList<string> Settings => ["--Auth:IssuerTimeoutSeconds=5"];

    [Fact]
    public async Task Tokens_with_a_known_key_are_accepted_while_another_request_waits_for_a_silent_issuer()
    {
        var known = Token("Editor");
        Assert.Equal(200, await StatusAsync(known));
        Issuer.Hangs = true;
        Clock.Advance(TimeSpan.FromMinutes(1));

        var unknown = StatusAsync(Forged.Person(Issuer, "Editor").Head("kid", "unknown").Sign());
        await Issuer.Asked.WaitAsync().WaitAsync(Longest);

        // With the library's own key manager, these requests would wait for more than 30 seconds.
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => StatusAsync(known)))
            .WaitAsync(TimeSpan.FromSeconds(15));
        Assert.All(answers, status => Assert.Equal(200, status));
        Assert.Equal(200, await StatusAsync(null));
        Assert.Equal(401, await unknown.WaitAsync(TimeSpan.FromSeconds(15)));
    }

    [Fact]
    public async Task Keys_that_become_stale_while_the_issuer_is_silent_stay_in_use()
    {
        var known = Forged
            .Person(Issuer, "Editor")
            .With("exp", Clock.GetUtcNow().AddDays(1).ToUnixTimeSeconds())
            .Sign();
        Assert.Equal(200, await StatusAsync(known));
        Issuer.Hangs = true;
        Clock.Advance(TimeSpan.FromHours(3));

        Assert.Equal(200, await StatusAsync(known).WaitAsync(TimeSpan.FromSeconds(15)));
    }

    [Fact]
    public async Task Tokens_are_rejected_until_an_issuer_that_was_silent_at_startup_responds()
    {
        Issuer.Hangs = true;
        var token = Token("Editor");
        Assert.Equal(401, await StatusAsync(token).WaitAsync(TimeSpan.FromSeconds(15)));
        Assert.Equal(200, await StatusAsync(null));
        Issuer.Hangs = false;
        Clock.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(200, await StatusAsync(token));
    }
}

/// <summary>An issuer that is not running when the server starts.</summary>
[Needs("server")]
public sealed class AbsentIssuerTests() : AccessSuite(DevIdentity.Issuer.FreePort())
{
    protected override bool BeginsWithIssuer => false;

    [Fact]
    public async Task Tokens_are_accepted_once_an_issuer_has_started_after_the_server()
    {
        var token = Token("Editor");
        Assert.Equal(401, await StatusAsync(token));
        Assert.Equal(200, await StatusAsync(null));

        await Issuer.InitializeAsync();
        Clock.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(200, await StatusAsync(token));
    }
}
