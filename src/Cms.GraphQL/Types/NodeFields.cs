using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;

namespace Cms.GraphQL.Types;

/// <summary>The fields <c>node</c> and <c>nodes</c>, which return any object by its id.</summary>
internal sealed class NodeFields
{
    public const int MaxIds = 100;

    private readonly FrozenDictionary<string, NodeResolver> _resolvers;

    public NodeFields(SchemaSource source) =>
        _resolvers = source
            .Marked<NodeAttribute>()
            .SelectMany(x => x.GetMethods().Where(y => y.IsDefined(typeof(NodeResolverAttribute))))
            .Select(NodeResolver.Of)
            .ToFrozenDictionary(x => x.Prefix, StringComparer.Ordinal);

    public void AddTo(ObjectGraphType query, InterfaceGraphType node, ScalarGraphType id)
    {
        query.AddField(
            new CmsField
            {
                Name = "node",
                Description = "The object with this id; null if it does not exist or you may not see it.",
                ResolvedType = node,
                Arguments =
                [
                    new QueryArgument(new NonNullGraphType(id)) { Name = "id", Description = "The object's id." },
                ],
                Resolver = new TaskResolver<object?>(x =>
                    TryFind(x, x.GetArgument<string>("id"), out var found)
                        ? found
                        : throw new RequestError(
                            ErrorCodes.IdMalformed,
                            "This is not a valid id. An id is a prefix, an underscore and 32 hexadecimal digits."
                        )
                ),
            }
        );
        query.AddField(
            new CmsField
            {
                Name = "nodes",
                Description =
                    "The objects with these ids, in the same order; null for each that does not exist or that you may not see.",
                ResolvedType = new NonNullGraphType(new ListGraphType(node)),
                Arguments =
                [
                    new QueryArgument(new NonNullGraphType(new ListGraphType(new NonNullGraphType(id))))
                    {
                        Name = "ids",
                        Description = $"The ids, at most {MaxIds}.",
                    },
                ],
                Resolver = new TaskResolver<object?[]>(x => FindAllAsync(x, x.GetArgument<string[]>("ids"))),
            }
        );
    }

    // Returns false if the text is not an id of this server.
    private bool TryFind(IResolveFieldContext context, string id, [NotNullWhen(true)] out Task<object?>? found)
    {
        found = null;
        return id.IndexOf('_', StringComparison.Ordinal) is > 0 and var end
            && _resolvers.TryGetValue(id[..end], out var resolver)
            && resolver.TryFind(context, id, out found);
    }

    private async Task<object?[]> FindAllAsync(IResolveFieldContext context, string[] ids)
    {
        if (ids.Length > MaxIds)
        {
            throw new RequestError(ErrorCodes.TooManyIds, $"nodes takes at most {MaxIds} ids; {ids.Length} were sent.");
        }

        // Request all objects before awaiting any, so that loaders read each kind once. A malformed id, such as one
        // that a client saved from another system, gives null in its place and does not fail the other ids.
        var pending = new Task<object?>[ids.Length];

        for (var i = 0; i < ids.Length; i++)
        {
            pending[i] = TryFind(context, ids[i], out var one) ? one : Task.FromResult<object?>(null);
        }

        var found = new object?[ids.Length];

        for (var i = 0; i < ids.Length; i++)
        {
            found[i] = await pending[i];
        }

        for (var i = 0; i < ids.Length; i++)
        {
            if (found[i] is IDataLoaderResult promise)
            {
                found[i] = await promise.GetResultAsync(context.CancellationToken);
            }
        }

        return found;
    }
}
