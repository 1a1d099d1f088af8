using System.Net;
using Cms.GraphQL;
using Cms.People;
using Cms.Server.GraphQL;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Access;

/// <summary>Who has signed in is counted as themselves, wherever they ask from.</summary>
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
    public async Task A_person_who_asks_too_often_is_told_when_to_come_back_and_others_of_their_address_are_served()
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
    public async Task An_application_has_a_budget_of_its_own_and_another_of_its_tenant_has_another()
    {
        using var refused = await ExhaustAsync(Forged.Partner(Issuer, "Syndication.Read").Sign());

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        var another = Forged.Partner(Issuer, "Syndication.Read").With("oid", Guid.CreateVersion7().ToString()).Sign();
        Assert.Equal(200, await StatusAsync(another));
        Assert.Equal(200, await StatusAsync(Token("Editor")));
    }

    [Fact]
    public async Task Another_address_or_another_token_is_no_other_person()
    {
        var (erin, rae) = (Person(), Person());

        var turnedAway = await TurnedAwayAsync(i => (erin, i % 2 == 0 ? Office : Train));

        Assert.Equal(ErrorCodes.RateLimited, turnedAway?.Code);
        (await EnterAsync(rae, Office)).Dispose();
        (await EnterAsync(Viewer.Anonymous, Office)).Dispose();
    }

    [Fact]
    public async Task Many_people_behind_one_address_do_not_share_a_budget_but_those_without_a_name_do()
    {
        Assert.Null(await TurnedAwayAsync(_ => (Person(), Office)));
        Assert.Equal(ErrorCodes.RateLimited, (await TurnedAwayAsync(_ => (Viewer.Anonymous, Office)))?.Code);
        (await EnterAsync(Viewer.Anonymous, Train)).Dispose();
    }

    private static Viewer Person() =>
        new()
        {
            Kind = ViewerKind.Person,
            Role = Role.Reader,
            Key = new PersonKey(Guid.CreateVersion7(), Guid.CreateVersion7()),
        };

    // A second adds one to a budget, which the next request finds used.
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
