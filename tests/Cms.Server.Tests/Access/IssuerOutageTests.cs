using Xunit;

namespace Cms.Server.Tests.Access;

/// <summary>An issuer that takes connections and never says a word makes nobody wait for whom it need not be asked.</summary>
public sealed class SilentIssuerTests : AccessSuite
{
    protected override IReadOnlyList<string> Settings => ["--Auth:IssuerTimeoutSeconds=5"];

    [Fact]
    public async Task Who_shows_a_known_key_is_answered_while_another_waits_for_an_issuer_that_says_nothing()
    {
        var known = Token("Editor");
        Assert.Equal(200, await StatusAsync(known));
        Issuer.Hangs = true;
        Clock.Advance(TimeSpan.FromMinutes(1));

        var unknown = StatusAsync(Forged.Person(Issuer, "Editor").Head("kid", "unknown").Sign());
        await Issuer.Asked.WaitAsync().WaitAsync(Longest);

        // The library alone would have made them wait for over thirty seconds.
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => StatusAsync(known)))
            .WaitAsync(TimeSpan.FromSeconds(15));
        Assert.All(answers, status => Assert.Equal(200, status));
        Assert.Equal(200, await StatusAsync(null));
        Assert.Equal(401, await unknown.WaitAsync(TimeSpan.FromSeconds(15)));
    }

    [Fact]
    public async Task Keys_that_grew_old_while_the_issuer_says_nothing_stay_in_use()
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
    public async Task An_issuer_that_said_nothing_at_start_is_401_until_it_speaks()
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

/// <summary>An issuer that nothing listens for when the server starts.</summary>
public sealed class AbsentIssuerTests() : AccessSuite(DevIdentity.Issuer.FreePort())
{
    protected override bool BeginsWithIssuer => false;

    [Fact]
    public async Task An_issuer_that_comes_after_the_server_is_found()
    {
        var token = Token("Editor");
        Assert.Equal(401, await StatusAsync(token));
        Assert.Equal(200, await StatusAsync(null));

        await Issuer.InitializeAsync();
        Clock.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(200, await StatusAsync(token));
    }
}
