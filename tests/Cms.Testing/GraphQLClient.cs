using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Cms.GraphQL.Execution;
using Cms.People;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Testing;

/// <summary>Sends operations to the GraphQL engine as a given viewer.</summary>
public sealed class GraphQLClient(IServiceProvider services)
{
    public static Viewer Erin { get; } = Person("Erin", Role.Editor);

    public static Viewer Arlo { get; } = Person("Arlo", Role.Author);

    public static Viewer Ada { get; } = Person("Ada", Role.Admin);

    /// <summary>A viewer of each kind, by the name of the kind.</summary>
    public static IReadOnlyDictionary<string, Viewer> Viewers { get; } =
        new Dictionary<string, Viewer>(StringComparer.Ordinal)
        {
            ["anonymous"] = Viewer.Anonymous,
            ["roleless"] = Person("Nobody", null),
            ["reader"] = Person("Rae", Role.Reader),
            ["author"] = Arlo,
            ["editor"] = Erin,
            ["admin"] = Ada,
            ["partner"] = new()
            {
                Kind = ViewerKind.Partner,
                Key = new(Guid.CreateVersion7(), Guid.CreateVersion7()),
                MaySyndicate = true,
            },
        };

    public static Viewer Person(string name, Role? role) =>
        new()
        {
            Kind = ViewerKind.Person,
            Key = new(new Guid(1, 2, 3, new byte[8]), Guid.CreateVersion7()),
            Name = name,
            Role = role,
        };

    public async Task<JsonNode> AskAsync(Viewer viewer, string document, object? variables = null)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { query = document, variables });
        await using var scope = services.CreateAsyncScope();
        var result = await services
            .GetRequiredService<GraphQLEngine>()
            .ExecuteAsync(GraphQLRequest.Read(new ReadOnlySequence<byte>(body)), scope.ServiceProvider, viewer);
        var output = new ArrayBufferWriter<byte>();
        ResultWriter.Write(output, result);
        return JsonNode.Parse(Encoding.UTF8.GetString(output.WrittenSpan))!;
    }

    /// <summary>Runs one mutation and returns its payload.</summary>
    public async Task<JsonNode> DoAsync(Viewer viewer, string mutation, object input, string shows)
    {
        var name = $"{char.ToUpperInvariant(mutation[0])}{mutation[1..]}";
        var answer = await AskAsync(
            viewer,
            $$"""
            mutation($input: {{name}}Input!) {
              {{mutation}}(input: $input) { {{shows}} errors { __typename ... on UserError { message path } } }
            }
            """,
            new { input }
        );
        return answer["data"]?[mutation] ?? throw new InvalidOperationException(answer.ToJsonString());
    }

    /// <summary>Returns the error code if the whole request was rejected; null if it was executed.</summary>
    public static string? Code(JsonNode answer) => (string?)answer["errors"]?[0]?["extensions"]?["code"];

    /// <summary>Formats each error as ‘Kind at path’.</summary>
    public static IEnumerable<string> Refusals(JsonNode payload) =>
        payload["errors"]!
            .AsArray()
            .Select(error => $"{error!["__typename"]} at {string.Join('.', error["path"]!.AsArray())}");
}
