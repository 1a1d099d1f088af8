using System.Net;
using Cms.GraphQL;
using Cms.People;
using Cms.Server.GraphQL;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Access;

/// <summary>Each signed-in caller has a separate rate limit for requests from all addresses.</summary>
[Needs("server")]
public sealed class RateTests : AccessSuite
{
    private static readonly IPAddress Office = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Train = IPAddress.Parse("198.51.100.1");

    protected override IReadOnlyList<string> Settings =>
        [
            "--Cms:Limits:SignedInPerSecond=1",
            "--Cms:Limits:SignedInBurst=3",
            "--Cms:Limits:AnonymousPerSecond=1",
            "--Cms:Limits:AnonymousBurst=3",
        ];

    [Fact]
    public async Task A_person_over_the_limit_gets_429_with_Retry_After_and_others_at_that_address_are_served()
    {
        using var refused = await ExhaustAsync(Token("Editor"));

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("1", refused.Headers.NonValidated["Retry-After"].ToString());
        Assert.Equal("\"signed-in\";q=3;w=3", refused.Headers.NonValidated["RateLimit-Policy"].ToString());
        Assert.Contains("\"RATE_LIMITED\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(refused.Headers.CacheControl!.NoStore);
        var another = Forged.Person(Issuer, "Editor").With("oid", Guid.CreateVersion7().ToString()).Sign();
        Assert.Equal(200, await StatusAsync(another));
        Assert.Equal(200, await StatusAsync(null));
    }

    [Fact]
    public async Task Each_application_of_a_tenant_has_a_separate_budget()
    {
        using var refused = await ExhaustAsync(Forged.Partner(Issuer, "Syndication.Read").Sign());

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        var another = Forged.Partner(Issuer, "Syndication.Read").With("oid", Guid.CreateVersion7().ToString()).Sign();
        Assert.Equal(200, await StatusAsync(another));
        Assert.Equal(200, await StatusAsync(Token("Editor")));
    }

    [Fact]
    public async Task A_person_has_one_budget_for_all_addresses()
    {
        var (erin, rae) = (Person(), Person());

        var turnedAway = await TurnedAwayAsync(i => (erin, i % 2 == 0 ? Office : Train));

        Assert.Equal(ErrorCodes.RateLimited, turnedAway?.Code);
        (await EnterAsync(rae, Office)).Dispose();
        (await EnterAsync(Viewer.Anonymous, Office)).Dispose();
    }

    [Fact]
    public async Task People_at_one_address_have_separate_budgets_and_anonymous_callers_share_one()
    {
        Assert.Null(await TurnedAwayAsync(_ => (Person(), Office)));
        Assert.Equal(ErrorCodes.RateLimited, (await TurnedAwayAsync(_ => (Viewer.Anonymous, Office)))?.Code);
        (await EnterAsync(Viewer.Anonymous, Train)).Dispose();
    }

    [Fact]
    public async Task A_client_cannot_get_another_budget_from_another_address_of_its_IPv6_network()
    {
        var refused = await TurnedAwayAsync(i => (Viewer.Anonymous, IPAddress.Parse($"2001:db8:7:1::{i:x}")));

        Assert.Equal(ErrorCodes.RateLimited, refused?.Code);
        (await EnterAsync(Viewer.Anonymous, IPAddress.Parse("2001:db8:7:2::1"))).Dispose();
    }

    private static Viewer Person() =>
        new()
        {
            Kind = ViewerKind.Person,
            Role = Role.Reader,
            Key = new PersonKey(Guid.CreateVersion7(), Guid.CreateVersion7()),
        };

    // The budget grows by one request every second, so this can send more requests than the burst allows.
    private async Task<HttpResponseMessage> ExhaustAsync(string token)
    {
        for (var i = 0; ; i++)
        {
            var response = await AskAsync("{ __typename }", token);
            if (response.StatusCode is not HttpStatusCode.OK || i == 50)
            {
                return response;
            }

            response.Dispose();
        }
    }

    private async Task<RequestError?> TurnedAwayAsync(Func<int, (Viewer Viewer, IPAddress Address)> caller)
    {
        for (var i = 0; i < 50; i++)
        {
            var (viewer, address) = caller(i);
            try
            {
                (await EnterAsync(viewer, address)).Dispose();
            }
            catch (RequestError refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private async Task<IDisposable> EnterAsync(Viewer viewer, IPAddress address) =>
        await Server.Services.GetRequiredService<RequestLimiter>().EnterAsync(viewer, address, null, default);
}
