using GraphQL.Types;

namespace Cms.GraphQL.Types;

/// <summary>Creates the connection type and the edge type for each type of item.</summary>
internal static class ConnectionTypes
{
    // Counting a list reads the index of the whole list.
    private const int CountWeight = 20;

    public static CmsObject Connection<T>(OutputTypes types, Scalars scalars, IGraphType item)
        where T : notnull
    {
        var connection = new CmsObject(typeof(Connection<T>))
        {
            Name = $"{item.Name}Connection",
            Description = $"A page of a list of {item.Name} items.",
        };
        connection.AddField(
            FieldFactory.Of<Connection<T>>(
                "edges",
                "The items of this page, each with its cursor.",
                ListOf(Edge<T>(scalars, item)),
                x => x.Edges()
            )
        );
        connection.AddField(
            FieldFactory.Of<Connection<T>>("nodes", "The items of this page.", ListOf(item), x => x.Nodes)
        );
        connection.AddField(
            FieldFactory.Of<Connection<T>>(
                "pageInfo",
                "Information about this page of the list.",
                OutputTypes.Required(types.Named(typeof(PageInfo))),
                x => x.PageInfo
            )
        );
        connection.AddField(
            new CmsField
            {
                Name = "totalCount",
                Weight = CountWeight,
                Description = "The number of items in the whole list. It is counted only if you select this field.",
                ResolvedType = OutputTypes.Required(scalars.Of(typeof(int))!),
                Resolver = new ValueResolver(context => ((Connection<T>)context.Source!).TotalCount()),
            }
        );
        return connection;
    }

    private static CmsObject Edge<T>(Scalars scalars, IGraphType item)
        where T : notnull
    {
        var edge = new CmsObject(typeof(Edge<T>))
        {
            Name = $"{item.Name}Edge",
            Description = $"One {item.Name} item and its cursor.",
        };
        edge.AddField(
            FieldFactory.Of<Edge<T>>(
                "cursor",
                "The item's cursor, for `after` or `before`.",
                OutputTypes.Required(scalars.Of(typeof(string))!),
                x => x.Cursor
            )
        );
        edge.AddField(FieldFactory.Of<Edge<T>>("node", "The item.", OutputTypes.Required(item), x => x.Node));
        return edge;
    }

    private static NonNullGraphType ListOf(IGraphType item) =>
        OutputTypes.Required(new ListGraphType(OutputTypes.Required(item)));
}
