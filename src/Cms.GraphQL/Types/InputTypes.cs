using System.Linq.Expressions;
using System.Reflection;
using GraphQL.Types;

namespace Cms.GraphQL.Types;

/// <summary>Creates the schema's input types from the C# types of arguments.</summary>
internal sealed class InputTypes(Scalars scalars, EnumTypes enums, XmlDescriptions descriptions)
{
    private readonly Dictionary<Type, CmsInput> _known = [];

    public Scalars Scalars => scalars;

    public IReadOnlyCollection<IGraphType> All => _known.Values;

    public IGraphType Of(NullabilityInfo info, ICustomAttributeProvider member, bool mayBeLeftOut = false)
    {
        if (ClrTypes.Is(info.Type, typeof(Optional<>)))
        {
            return info.GenericTypeArguments[0] is { WriteState: NullabilityState.Nullable } sent
                ? Of(sent, member)
                : throw new NotSupportedException(
                    $"{info.Type} must be an Optional of a nullable type: null can be sent."
                );
        }

        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        var graph = ClrTypes.ElementOf(type) is not null
            ? new ListGraphType(Of(info.ElementType ?? info.GenericTypeArguments[0], member))
            : Named(type, member);
        return info.WriteState is NullabilityState.NotNull && !mayBeLeftOut ? new NonNullGraphType(graph) : graph;
    }

    private IGraphType Named(Type type, ICustomAttributeProvider member)
    {
        if (type == typeof(string) && member.IsDefined(typeof(IDAttribute), false))
        {
            return scalars.Id;
        }

        if (type == typeof(string) && member.IsDefined(typeof(UrlAttribute), false))
        {
            return scalars.Url;
        }

        return scalars.Of(type) is { } scalar ? scalar
            : type.IsEnum ? enums.Of(type)
            : Object(type);
    }

    private CmsInput Object(Type type)
    {
        if (_known.TryGetValue(type, out var graph))
        {
            return graph;
        }

        // The type is added before its fields, because a filter can contain filters of the same type.
        _known[type] = graph = new() { Name = GraphNames.Input(type), Description = descriptions.Of(type) };
        var constructor = type.GetConstructors()
            .Where(x => x.GetParameters() is not [var only] || only.ParameterType != type)
            .OrderBy(x => x.GetParameters().Length)
            .First();
        var parameters = constructor.GetParameters();

        foreach (var property in SchemaSource.Properties(type, []))
        {
            var parameter = parameters.FirstOrDefault(x => x.Name == property.Name);
            var required = parameter is not null
                ? !parameter.HasDefaultValue
                : property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute));
            graph.AddField(
                new FieldType
                {
                    Name = GraphNames.Field(property),
                    Description = descriptions.Of(property),
                    DeprecationReason = property.GetCustomAttribute<ObsoleteAttribute>()?.Message,
                    ResolvedType = Of(Nullability.Of(property), property, !required),
                    Parser = InputValues.For(ClrTypes.WithoutOptional(property.PropertyType), property),
                }
            );
        }

        graph.Make = Maker(type, constructor);
        return graph;
    }

    // A field that is missing, or null where C# does not allow null, gets the record's default.
    private static Func<IDictionary<string, object?>, object> Maker(Type type, ConstructorInfo constructor)
    {
        var values = Expression.Parameter(typeof(IDictionary<string, object?>), "values");
        var made = Expression.Variable(type, "made");
        var parameters = constructor.GetParameters();
        List<Expression> body =
        [
            Expression.Assign(
                made,
                Expression.New(
                    constructor,
                    parameters.Select(x =>
                        Read(
                            values,
                            type.GetProperty(x.Name!)!,
                            x.HasDefaultValue && x.DefaultValue is { } given
                                ? Expression.Convert(Expression.Constant(given), x.ParameterType)
                                : Expression.Default(x.ParameterType)
                        )
                    )
                )
            ),
        ];

        foreach (var property in SchemaSource.Properties(type, []))
        {
            if (property.CanWrite && !parameters.Any(x => x.Name == property.Name))
            {
                var place = Expression.Property(made, property);
                body.Add(Expression.Assign(place, Read(values, property, place)));
            }
        }

        body.Add(Expression.Convert(made, typeof(object)));
        return LateCompiled.Of(
            Expression.Lambda<Func<IDictionary<string, object?>, object>>(Expression.Block([made], body), values)
        );
    }

    private static MethodCallExpression Read(Expression values, PropertyInfo property, Expression fallback) =>
        Expression.Call(
            typeof(InputTypes),
            ClrTypes.Is(property.PropertyType, typeof(Optional<>)) ? nameof(Sent) : nameof(Value),
            [ClrTypes.WithoutOptional(property.PropertyType)],
            values,
            Expression.Constant(GraphNames.Field(property)),
            fallback
        );

    private static T Value<T>(IDictionary<string, object?> values, string name, T fallback) =>
        values.TryGetValue(name, out var value) && value is T given ? given : fallback;

    private static Optional<T> Sent<T>(IDictionary<string, object?> values, string name, Optional<T> fallback) =>
        values.TryGetValue(name, out var value) ? new Optional<T>(value is T given ? given : default!) : fallback;
}
