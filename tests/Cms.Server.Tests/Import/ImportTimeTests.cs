using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Cms.Data;
using Cms.People;
using Cms.Server.Imports;
using Cms.Server.Tests.Access;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Import;

/// <summary>An import that takes too long is stopped.</summary>
[Needs("server")]
public sealed class ImportTimeTests : AccessSuite
{
    private readonly Held _held = new();

    protected override Action<IServiceCollection> More => services => services.AddSingleton<ICommitStep>(_held);

    [Fact]
    public async Task An_import_that_takes_too_long_is_stopped_and_says_how_to_go_on()
    {
        using MultipartFormDataContent form = [];
        form.Add(
            new ByteArrayContent("---\nheadline: Silt\nsummary: What it is.\n---\nWords."u8.ToArray()),
            "files",
            "silt.md"
        );
        var sent = await PostAsync("/imports", form);
        var address = $"/imports/{sent["id"]}";
        var check = await PostAsync(address);

        var import = Server.Client.SendAsync(Request($"{address}?fingerprint={check["fingerprint"]}"));
        await _held.Begun.WaitAsync(Longest);
        Clock.Advance(ImportEndpoints.Limit);
        using var stopped = await import.WaitAsync(Longest);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, stopped.StatusCode);
        Assert.Contains(
            "This took longer than 5 minutes, so it was stopped. What was imported is complete.",
            await stopped.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal("ADDED", (string?)(await PostAsync(address))["items"]![0]!["outcome"]);
    }

    private async Task<JsonNode> PostAsync(string address, HttpContent? content = null)
    {
        using var answer = await Server.Client.SendAsync(Request(address, content));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private HttpRequestMessage Request(string address, HttpContent? content = null) =>
        new(HttpMethod.Post, address)
        {
            Content = content,
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Token("Admin")) },
        };

    /// <summary>Holds the imports of people before they are saved.</summary>
    private sealed class Held : ICommitStep
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public async Task BeforeCommitAsync(CmsDbContext db, Actor actor, CancellationToken cancellationToken)
        {
            if (actor is { Key: not null, Contributor.Kind: ContributorKind.Import })
            {
                _begun.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }
        }
    }
}
