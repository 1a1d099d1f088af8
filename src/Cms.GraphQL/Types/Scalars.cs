using GraphQL.Types;

namespace Cms.GraphQL.Types;

/// <summary>The scalars of the schema, one instance of each.</summary>
internal sealed class Scalars
{
    private readonly Dictionary<Type, ScalarGraphType> _byType;

    public Scalars()
    {
        var text = new StringGraphType { Description = "Unicode text." };
        Id = new IdScalar();
        Url = new UrlScalar();
        _byType = new()
        {
            [typeof(string)] = text,
            [typeof(bool)] = new BooleanGraphType { Description = "`true` or `false`." },
            [typeof(int)] = new IntGraphType { Description = "A signed 32-bit integer." },
            [typeof(double)] = new FloatGraphType { Description = "A double-precision number (IEEE 754)." },
            [typeof(DateTimeOffset)] = new DateTimeScalar(),
            [typeof(DateOnly)] = new DateScalar(),
            [typeof(DateTime)] = new LocalDateTimeScalar(),
            [typeof(JsonText)] = new JsonScalar(),
        };
    }

    public ScalarGraphType Id { get; }

    public ScalarGraphType Url { get; }

    public IEnumerable<ScalarGraphType> All => _byType.Values.Append(Id);

    public ScalarGraphType? Of(Type type) => ClrTypes.IsId(type) ? Id : _byType.GetValueOrDefault(type);
}
