using System.Text.Json.Nodes;
using Cms.Testing;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Cms.Tests.Deployment;

/// <summary>YAML files of the repository.</summary>
internal static class Yaml
{
    /// <summary>Parses a file. All values are texts. Anchors and merge keys are resolved, and duplicate keys rejected.</summary>
    public static JsonObject Read(params string[] path)
    {
        using var reader = File.OpenText(Path.Combine([Repository.Root, .. path]));
        var parsed = new DeserializerBuilder()
            .WithDuplicateKeyChecking()
            .Build()
            .Deserialize<object?>(new MergingParser(new Parser(reader)));
        return (JsonObject)Node(parsed)!;
    }

    /// <summary>Returns the keys of a mapping; none if it is missing.</summary>
    public static IEnumerable<string> Keys(this JsonNode? node) =>
        node is JsonObject map ? map.Select(pair => pair.Key) : [];

    /// <summary>Returns the texts of a sequence; none if it is missing.</summary>
    public static IEnumerable<string> Texts(this JsonNode? node) =>
        node is JsonArray list ? list.Select(item => item is JsonValue ? (string)item! : item!.ToJsonString()) : [];

    private static JsonNode? Node(object? value) =>
        value switch
        {
            IDictionary<object, object?> map => new JsonObject(
                map.Select(pair => KeyValuePair.Create((string)pair.Key, Node(pair.Value)))
            ),
            IEnumerable<object?> list => new JsonArray([.. list.Select(Node)]),
            null => null,
            _ => (string)value,
        };
}
