using System.Net.Http.Json;
using System.Text;
using Cms.Testing;
using Snapshooter.Xunit;
using Xunit;

namespace Cms.Server.Tests.Access;

/// <summary>A snapshot of every error response, to be read as prose.</summary>
[Needs("server")]
public sealed class RefusalTests : AccessSuite
{
    private static readonly string[] Told =
    [
        "WWW-Authenticate",
        "Cache-Control",
        "Vary",
        "Retry-After",
        "Location",
        "Set-Cookie",
        "Content-Type",
    ];

    [Fact]
    public async Task Every_refusal_says_what_is_wrong_and_what_to_do()
    {
        var text = new StringBuilder();
        var (browser, cookie) = await SignInAsync();
        using var _ = browser;

        await TellAsync("Nobody asks for what editors do", Query("{ desk { __typename } }"));
        await TellAsync("Nobody changes something", Query(Create));
        await TellAsync("A reader asks for what authors do", Query("{ desk { __typename } }"), Bearer(Token("Reader")));
        await TellAsync("An author asks for what administrators do", Query(Block), Bearer(Token("Author")));
        await TellAsync(
            "A partner asks for a reader's bookmarks",
            Query("{ viewer { bookmarks { totalCount } } }"),
            Bearer(Forged.Partner(Issuer, "Syndication.Read").Sign())
        );
        await TellAsync("A token that has expired", Query("{ __typename }"), Bearer(Expired()));
        await TellAsync("A token that is none", Query("{ __typename }"), Bearer("a.b.c"));
        await TellAsync("Another way to introduce oneself", Query("{ __typename }"), ("Authorization", "Basic ZTpz"));
        await TellAsync("A token in an address", new(HttpMethod.Get, "/graphql?query={__typename}&access_token=a.b.c"));
        await TellAsync(
            "A token for something else",
            Query("{ __typename }"),
            Bearer(Forged.Person(Issuer, "Editor").With("scp", "Other.Read").Sign())
        );
        await TellAsync(
            "A bad token, asked in the newer media type",
            Query("{ __typename }"),
            Bearer("a.b.c"),
            ("Accept", "application/graphql-response+json")
        );
        await TellAsync(
            "A bad token on a stream",
            Query("subscription { articlePublished { articleId } }"),
            Bearer("a.b.c"),
            ("Accept", "text/event-stream")
        );
        await TellAsync("A bad token elsewhere", new(HttpMethod.Get, "/explorer/"), Bearer("a.b.c"));
        await TellAsync(
            "A page of another site asks with somebody's cookie",
            Query("{ viewer { name } }"),
            ("Cookie", cookie),
            ("Origin", "https://evil.example")
        );
        await TellAsync(
            "A page of another site signs somebody out",
            new(HttpMethod.Post, "/signout"),
            ("Cookie", cookie),
            ("Origin", "https://evil.example")
        );
        Clock.Advance(TimeSpan.FromHours(9));
        await TellAsync(
            "A session that is over",
            Query("{ viewer { name } }"),
            ("Cookie", cookie),
            ("GraphQL-Preflight", "1")
        );
        await BlockAsync(Server.Services);
        await TellAsync("Somebody who is blocked", Query("{ __typename }"), Bearer(Fresh()));

        text.ToString().MatchSnapshot();

        async Task TellAsync(string title, HttpRequestMessage request, params (string Name, string Value)[] headers)
        {
            foreach (var (name, value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using (request)
            using (var response = await Server.Client.SendAsync(request))
            {
                text.Append(title)
                    .Append("\n  ")
                    .Append((int)response.StatusCode)
                    .Append(' ')
                    .Append(response.StatusCode);
                foreach (var name in Told)
                {
                    if (
                        response.Headers.NonValidated.TryGetValues(name, out var values)
                        || response.Content.Headers.NonValidated.TryGetValues(name, out values)
                    )
                    {
                        text.Append("\n  ").Append(name).Append(": ").Append(string.Join(", ", values));
                    }
                }

                text.Append("\n  ").Append(await response.Content.ReadAsStringAsync()).Append("\n\n");
            }
        }

        string Expired() =>
            Forged.Person(Issuer, "Editor").With("exp", Clock.GetUtcNow().AddHours(-1).ToUnixTimeSeconds()).Sign();

        string Fresh() =>
            Forged.Person(Issuer, "Editor").With("exp", Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds()).Sign();
    }

    private const string Create = """mutation { createArticle(input: { headline: "Hello" }) { article { id } } }""";
    private const string Block =
        """mutation { blockPerson(input: { person: "a/b", reason: "x" }) { errors { __typename } } }""";

    private static (string, string) Bearer(string token) => ("Authorization", $"Bearer {token}");

    private static HttpRequestMessage Query(string query) =>
        new(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query }) };
}
