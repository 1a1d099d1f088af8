using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cms.Studio;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Studio;

/// <summary>The Studio behind a load balancer that sends each request to the other one of two servers.</summary>
[Needs("server")]
public sealed class StudioReplicaTests : StudioSuite
{
    [Fact]
    public async Task Signing_in_writing_publishing_and_signing_out_work_when_each_request_reaches_another_server()
    {
        Issuer.Person["roles"] = new[] { "Editor" };
        await using var second = await Server.StartAnotherAsync(
            Issuer.Settings,
            services => services.AddSingleton<TimeProvider>(Clock)
        );
        using var browser = new TurnTaking(Server.Client.BaseAddress!, new Uri(second.Urls.Single()));

        var list = await browser.GoAsync(await browser.GetAsync("/signin?returnUrl=/studio/articles"));
        Assert.Contains("New article", list, StringComparison.Ordinal);
        var made = await browser.SendFormAsync(List, ("_handler", "new-article"), ("ChangeId", "one"));
        var id = made.Headers.Location!.OriginalString.Split('/')[^1];
        Assert.Contains("editor-data", await browser.GoAsync(made), StringComparison.Ordinal);
        for (var save = 1; save <= 3; save++)
        {
            await browser.AskAsync(
                "EditorSave",
                new
                {
                    id,
                    headline = "Two halves of a bridge",
                    summary = "What it is for.",
                    body = new { markdown = $"It opened on Monday. Saved {save} times." },
                }
            );
        }

        await browser.AskAsync(
            "EditorPublish",
            new
            {
                id,
                acknowledge = new[]
                {
                    "BODY_LENGTH",
                    "CATEGORY",
                    "HERO_IMAGE",
                    "PANEL_QUORUM",
                    "SOURCE_LINK",
                    "SECOND_PERSON",
                },
            }
        );

        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Contains(
                "Two halves of a bridge",
                await browser.GoAsync(await browser.GetAsync(List)),
                StringComparison.Ordinal
            );
        }

        var tagged = await browser.SendFormAsync(
            "/studio/tags/new",
            ("_handler", "new-term"),
            ("Form.Name", "Bridges"),
            ("Form.Slug", "bridges")
        );
        Assert.Equal(HttpStatusCode.Redirect, tagged.StatusCode);
        Assert.Contains("role=\"status\"", await browser.GoAsync(tagged), StringComparison.Ordinal);

        await browser.GoAsync(await browser.SendFormAsync("/signout?returnUrl=/healthz/live"));
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var refused = await browser.GetAsync(List);
            Assert.StartsWith("/signin", refused.Headers.Location?.OriginalString, StringComparison.Ordinal);
        }

        Assert.True(browser.Requests.First > 5 && browser.Requests.Second > 5);
    }

    /// <summary>A browser and the load balancer in front of two servers, which both see the address of the first.</summary>
    private sealed class TurnTaking(Uri first, Uri second) : IDisposable
    {
        private readonly HttpClient _client = new(
            new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }
        );

        private int _turn;

        /// <summary>How many requests each server has received.</summary>
        public (int First, int Second) Requests => ((_turn + 1) / 2, _turn / 2);

        public Task<HttpResponseMessage> GetAsync(string path) =>
            SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(first, path)));

        public Task<HttpResponseMessage> SendFormAsync(string path, params (string Name, string Value)[] fields)
        {
            HttpRequestMessage request = new(HttpMethod.Post, new Uri(first, path))
            {
                Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
            };
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
            return SendAsync(request);
        }

        /// <summary>Sends a document of the editor, which must not be refused.</summary>
        public async Task AskAsync(string document, object input)
        {
            HttpRequestMessage request = new(HttpMethod.Post, new Uri(first, "/graphql"))
            {
                Content = JsonContent.Create(
                    new { documentId = StudioHost.Operations.IdOf(document), variables = new { input } }
                ),
            };
            request.Headers.Add("GraphQL-Preflight", "1");
            var answer = await (await SendAsync(request)).Content.ReadAsStringAsync();
            Assert.True(
                JsonNode.Parse(answer)!["data"]?.AsObject().Single().Value?["errors"]?.ToJsonString() == "[]",
                answer
            );
        }

        /// <summary>Follows redirects, and returns the text of the page at the end.</summary>
        public async Task<string> GoAsync(HttpResponseMessage response)
        {
            while (response.Headers.Location is { } next)
            {
                response = await SendAsync(
                    new HttpRequestMessage(HttpMethod.Get, new Uri(response.RequestMessage!.RequestUri!, next))
                );
            }

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return await response.Content.ReadAsStringAsync();
        }

        public void Dispose() => _client.Dispose();

        private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
        {
            var url = request.RequestUri!;
            if (url.Port == second.Port)
            {
                url = new UriBuilder(url) { Port = first.Port }.Uri;
            }

            // Requests to the issuer go past the load balancer.
            if (url.Port == first.Port)
            {
                request.Headers.Host = first.Authority;
                request.RequestUri = ++_turn % 2 == 1 ? url : new UriBuilder(url) { Port = second.Port }.Uri;
            }

            using (request)
            {
                return await _client.SendAsync(request);
            }
        }
    }
}
