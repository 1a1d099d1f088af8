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
    private static readonly string[] ShownHeaders =
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

        await AppendAsync("An anonymous caller reads the desk", Query("{ desk { __typename } }"));
        await AppendAsync("An anonymous caller sends a mutation", Query(Create));
        await AppendAsync("A reader reads the desk", Query("{ desk { __typename } }"), Bearer(Token("Reader")));
        await AppendAsync("An author sends a mutation for administrators", Query(Block), Bearer(Token("Author")));
        await AppendAsync(
            "A partner's application reads bookmarks",
            Query("{ viewer { bookmarks { totalCount } } }"),
            Bearer(Forged.Partner(Issuer, "Syndication.Read").Sign())
        );
        Match("roles");

        await AppendAsync("An expired token", Query("{ __typename }"), Bearer(Expired()));
        await AppendAsync("A malformed token", Query("{ __typename }"), Bearer("a.b.c"));
        await AppendAsync("A scheme other than Bearer", Query("{ __typename }"), ("Authorization", "Basic ZTpz"));
        await AppendAsync("A token in the URL", new(HttpMethod.Get, "/graphql?query={__typename}&access_token=a.b.c"));
        await AppendAsync(
            "A token without the required scope",
            Query("{ __typename }"),
            Bearer(Forged.Person(Issuer, "Editor").With("scp", "Other.Read").Sign())
        );
        await AppendAsync(
            "A malformed token with Accept: application/graphql-response+json",
            Query("{ __typename }"),
            Bearer("a.b.c"),
            ("Accept", "application/graphql-response+json")
        );
        await AppendAsync(
            "A malformed token on an event stream",
            Query("subscription { articlePublished { articleId } }"),
            Bearer("a.b.c"),
            ("Accept", "text/event-stream")
        );
        await AppendAsync("A malformed token on another page", new(HttpMethod.Get, "/explorer/"), Bearer("a.b.c"));
        Match("tokens");

        await AppendAsync(
            "A page of another site sends a query with the session cookie",
            Query("{ viewer { name } }"),
            ("Cookie", cookie),
            ("Origin", "https://evil.example")
        );
        await AppendAsync(
            "A page of another site sends a sign-out with the session cookie",
            new(HttpMethod.Post, "/signout"),
            ("Cookie", cookie),
            ("Origin", "https://evil.example")
        );
        Clock.Advance(TimeSpan.FromHours(9));
        await AppendAsync(
            "An expired session",
            Query("{ viewer { name } }"),
            ("Cookie", cookie),
            ("GraphQL-Preflight", "1")
        );
        await BlockAsync(Server.Services);
        await AppendAsync("A blocked person", Query("{ __typename }"), Bearer(Fresh()));

        Match("sessions");

        void Match(string topic)
        {
            text.ToString().MatchSnapshot($"Refusals_of_{topic}");
            text.Clear();
        }

        async Task AppendAsync(string title, HttpRequestMessage request, params (string Name, string Value)[] headers)
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
                foreach (var name in ShownHeaders)
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
