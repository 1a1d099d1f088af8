using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Streams;

/// <summary>A subscription has one root field, wherever in its document the field is selected.</summary>
[Needs("server")]
public sealed class SubscriptionFragmentTests(SubscribedNewsroom newsroom) : IClassFixture<SubscribedNewsroom>
{
    // Both use every variable, so that the document is valid whatever surrounds them.
    private const string Field = $"articlePublished(after: $after) {Selected}";
    private const string Selected = "{ article { headline @include(if: $yes) @skip(if: $no) } }";

    private static readonly string[] Transports = ["WebSocket", "text/event-stream"];

    public static TheoryData<string, string> Valid =>
        OverBoth(
            $"{{ ...F }} fragment F on Subscription {{ {Field} }}",
            $"{{ ... on Subscription {{ {Field} }} }}",
            $"{{ ... {{ {Field} }} }}",
            $"{{ ...F }} fragment F on Subscription {{ ...G }} fragment G on Subscription {{ ... {{ {Field} }} }}",
            $"{{ ...F @include(if: $yes) }} fragment F on Subscription {{ {Field} }}",
            $"{{ ...F @skip(if: $no) }} fragment F on Subscription {{ {Field} }}",
            $"{{ ... @include(if: $yes) @skip(if: $no) {{ {Field} }} }}",
            $"{{ ...F }} fragment F on Subscription {{ articlePublished(after: $after) @include(if: $yes) {Selected} }}",
            // One field, though it is selected twice.
            $"{{ ... {{ ...F }} }} fragment F on Subscription {{ ...G ...G }} fragment G on Subscription {{ {Field} }}",
            // One field, because the other is left out.
            $"{{ ... {{ ...F }} }} fragment F on Subscription {{ {Field} other: articlePublished(after: $after) @skip(if: $yes) {Selected} }}"
        );

    public static TheoryData<string, string> Invalid =>
        OverBoth(
            $"{{ articlePublished(after: $after) @include(if: $no) {Selected} }}",
            $"{{ articlePublished(after: $after) @skip(if: $yes) {Selected} }}",
            $"{{ ...F @include(if: $no) }} fragment F on Subscription {{ {Field} }}",
            $"{{ ... @skip(if: $yes) {{ {Field} }} }}",
            $"{{ ...F }} fragment F on Subscription {{ articlePublished(after: $after) @include(if: $no) {Selected} }}",
            $"{{ ... {{ ...F }} }} fragment F on Subscription {{ {Field} other: {Field} }}",
            $"{{ ... {{ ...F }} }} fragment F on Subscription {{ {Field} __typename }}"
        );

    [Theory]
    [MemberData(nameof(Valid))]
    public async Task A_field_selected_through_fragments_is_subscribed_to(string transport, string selection)
    {
        var first = await FirstAsync(transport, selection);

        Assert.NotEmpty((string)first["data"]!["articlePublished"]!["article"]!["headline"]!);
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task Anything_but_one_field_is_refused_before_the_subscription_begins(
        string transport,
        string selection
    )
    {
        var first = await FirstAsync(transport, selection);

        // A socket is sent the errors alone, instead of an event.
        var error = (transport == Transports[0] ? first : first["errors"]!)[0]!;
        Assert.Equal("GRAPHQL_VALIDATION_FAILED", (string?)error["extensions"]!["code"]);
    }

    private Task<JsonNode> FirstAsync(string transport, string selection)
    {
        var query = $"subscription($after: String, $yes: Boolean!, $no: Boolean!) {selection}";
        var variables = new
        {
            after = newsroom.Beginning,
            yes = true,
            no = false,
        };
        return transport == Transports[0] ? FromSocketAsync(query, variables) : FromStreamAsync(query, variables);
    }

    private async Task<JsonNode> FromSocketAsync(string query, object variables)
    {
        using var socket = new GraphQLSocket();
        await socket.OpenAsync(newsroom.Server);
        return await socket.NextAsync(await socket.BeginAsync(query, variables));
    }

    private async Task<JsonNode> FromStreamAsync(string query, object variables)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Content = JsonContent.Create(new { query, variables });
        request.Headers.Accept.ParseAdd(Transports[1]);
        using var response = await newsroom.Server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        const string data = "data: ";
        while (await lines.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(data, StringComparison.Ordinal))
            {
                return JsonNode.Parse(line[data.Length..])!;
            }
        }

        throw new InvalidOperationException("The stream ended without an event.");
    }

    private static TheoryData<string, string> OverBoth(params IReadOnlyList<string> selections)
    {
        var data = new TheoryData<string, string>();
        foreach (var selection in selections)
        {
            foreach (var transport in Transports)
            {
                data.Add(transport, selection);
            }
        }

        return data;
    }
}

/// <summary>The newsroom, and where its change log begins, so that there are events without anything being published.</summary>
public sealed class SubscribedNewsroom : IAsyncLifetime
{
    public NewsroomServer Server { get; } = new();

    public string Beginning { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await Server.InitializeAsync();
        Beginning = (string)
            (await Server.QueryAsync("{ changes(first: 1) { endCursor } }"))["data"]!["changes"]!["endCursor"]!;
    }

    public Task DisposeAsync() => Server.DisposeAsync();
}
