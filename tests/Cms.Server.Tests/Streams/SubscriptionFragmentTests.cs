using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Streams;

/// <summary>Tests that a subscription must select exactly one root field, also if fragments select it.</summary>
[Needs("server")]
public sealed class SubscriptionFragmentTests(SubscribedNewsroom newsroom) : IClassFixture<SubscribedNewsroom>
{
    // A document is invalid if it does not use all of its variables, so these texts use them.
    private const string Field = $"articlePublished(after: $after) {Selected}";
    private const string Selected = "{ article { headline @include(if: $yes) @skip(if: $no) } }";

    private static readonly string[] Transports = ["WebSocket", "text/event-stream"];

    public static TheoryData<string, string> Valid =>
        OnBothTransports(
            $"{{ ...F }} fragment F on Subscription {{ {Field} }}",
            $"{{ ... on Subscription {{ {Field} }} }}",
            $"{{ ... {{ {Field} }} }}",
            $"{{ ...F }} fragment F on Subscription {{ ...G }} fragment G on Subscription {{ ... {{ {Field} }} }}",
            $"{{ ...F @include(if: $yes) }} fragment F on Subscription {{ {Field} }}",
            $"{{ ...F @skip(if: $no) }} fragment F on Subscription {{ {Field} }}",
            $"{{ ... @include(if: $yes) @skip(if: $no) {{ {Field} }} }}",
            $"{{ ...F }} fragment F on Subscription {{ articlePublished(after: $after) @include(if: $yes) {Selected} }}",
            // This is one field, although it is selected twice.
            $"{{ ... {{ ...F }} }} fragment F on Subscription {{ ...G ...G }} fragment G on Subscription {{ {Field} }}",
            // This is one field, because a directive skips the other.
            $"{{ ... {{ ...F }} }} fragment F on Subscription {{ {Field} other: articlePublished(after: $after) @skip(if: $yes) {Selected} }}"
        );

    public static TheoryData<string, string> Invalid =>
        OnBothTransports(
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
    public async Task A_client_can_subscribe_to_a_field_that_fragments_select(string transport, string selection)
    {
        var first = await FirstAsync(transport, selection);

        Assert.NotEmpty((string)first["data"]!["articlePublished"]!["article"]!["headline"]!);
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task A_selection_of_no_field_or_of_two_fields_is_rejected_before_the_subscription_begins(
        string transport,
        string selection
    )
    {
        var first = await FirstAsync(transport, selection);

        // A socket receives the list of errors without a result.
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

    private static TheoryData<string, string> OnBothTransports(params IReadOnlyList<string> selections)
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

/// <summary>
/// The sample newsroom, and the cursor of the beginning of its change log. A subscription from there receives the
/// existing articles as events.
/// </summary>
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
