using System.Reflection;
using GraphQL.Types;

namespace Cms.GraphQL.Types;

/// <summary>Creates the schema's output types from the C# types that resolvers return.</summary>
internal sealed class OutputTypes
{
    private readonly Dictionary<Type, IGraphType> _known = [];
    private readonly Queue<Action> _unfinished = [];
    private readonly SchemaSource _source;
    private readonly Scalars _scalars;
    private readonly EnumTypes _enums;
    private readonly FieldFactory _fields;

    public OutputTypes(SchemaSource source, Scalars scalars, EnumTypes enums, InputTypes inputs, IPolicies policies)
    {
        (this._source, this._scalars, this._enums) = (source, scalars, enums);
        _fields = new(this, inputs, source.Descriptions, policies);
        Node = new()
        {
            Name = "Node",
            Description = "An object that can be fetched by its id.",
            ResolveType = TypeOf,
        };
        Node.AddField(
            new()
            {
                Name = "id",
                Description = "The object's id. It never changes.",
                ResolvedType = Required(scalars.Id),
            }
        );
    }

    public InterfaceGraphType Node { get; }

    /// <summary>The interface of all errors that mutations return.</summary>
    public InterfaceGraphType UserErrors => field ??= Refusal();

    public FieldFactory Fields => _fields;

    public static NonNullGraphType Required(IGraphType type) => new(type);

    /// <summary>Returns the type of a member, wrapped in lists and non-null types.</summary>
    public IGraphType Of(NullabilityInfo info, MemberInfo member)
    {
        if (ClrTypes.IsPromise(info.Type))
        {
            return Of(info.GenericTypeArguments[0], member);
        }

        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        var graph = ClrTypes.ElementOf(type) is not null
            ? new ListGraphType(Of(info.ElementType ?? info.GenericTypeArguments[0], member))
            : Marked(type, member) ?? Named(type);
        return info.ReadState is NullabilityState.NotNull ? Required(graph) : graph;
    }

    /// <summary>Returns the named type for a C# type.</summary>
    public IGraphType Named(Type type)
    {
        if (_scalars.Of(type) is { } scalar)
        {
            return scalar;
        }

        if (type.IsEnum)
        {
            return _enums.Of(type);
        }

        if (!_known.TryGetValue(type, out var graph))
        {
            graph = _known[type] =
                type == typeof(UserError) ? UserErrors
                : type.GetCustomAttribute<UnionTypeAttribute>() is { } union ? Union(type, union.Name)
                : type.GetCustomAttribute<InterfaceTypeAttribute>() is { } shared ? Interface(type, shared.Name)
                : ClrTypes.IsConnection(type) ? ConnectionOf(type)
                : Object(type);
        }

        return graph;
    }

    /// <summary>Creates a root from the classes with <typeparamref name="TMark"/>; null if it has no fields.</summary>
    public CmsObject? Root<TMark>(string name, string description)
        where TMark : Attribute
    {
        var root = new CmsObject(typeof(void)) { Name = name, Description = description };

        foreach (var method in _source.Marked<TMark>().SelectMany(SchemaSource.Methods))
        {
            root.AddField(
                typeof(TMark) == typeof(MutationTypeAttribute) ? _fields.Mutation(method) : _fields.Method(method)
            );
        }

        return root.Fields.Count > 0 ? root : null;
    }

    /// <summary>Adds the fields of all types, including types that are found while adding fields.</summary>
    public IReadOnlyCollection<IGraphType> Finish()
    {
        while (_unfinished.TryDequeue(out var finish))
        {
            finish();
        }

        return _known.Values;
    }

    private ScalarGraphType? Marked(Type type, MemberInfo member) =>
        type != typeof(string) ? null
        : member.IsDefined(typeof(IDAttribute)) ? _scalars.Id
        : member.IsDefined(typeof(UrlAttribute)) ? _scalars.Url
        : null;

    private CmsObject Object(Type type)
    {
        if (!type.IsClass && !(type.IsValueType && !type.IsPrimitive && type.Assembly != typeof(object).Assembly))
        {
            throw new NotSupportedException($"{type} has no type in the schema.");
        }

        var extensions = _source.ExtensionsOf(type);
        var graph = new CmsObject(type)
        {
            Name = extensions.Select(x => x.Says.Name).FirstOrDefault(x => x is not null) ?? GraphNames.Type(type),
            Description =
                extensions.Select(x => _source.Descriptions.Of(x.Class)).FirstOrDefault(x => x is not null)
                ?? _source.Descriptions.Of(type),
            IsTypeOf = type.IsInstanceOfType,
        };
        _unfinished.Enqueue(() => Fill(graph, extensions));
        return graph;
    }

    private void Fill(CmsObject graph, IReadOnlyList<Extension> extensions)
    {
        var type = graph.Clr;
        var methods = extensions.SelectMany(x => SchemaSource.Methods(x.Class)).Select(_fields.Method).ToList();
        var taken = methods.Select(x => x.Name).ToHashSet(StringComparer.Ordinal);

        foreach (var property in SchemaSource.Properties(type, extensions))
        {
            if (!taken.Contains(GraphNames.Field(property)))
            {
                graph.AddField(_fields.Property(property, type));
            }
        }

        foreach (var method in methods)
        {
            graph.AddField(method);
        }

        foreach (var shared in type.GetInterfaces().Where(x => x.IsDefined(typeof(InterfaceTypeAttribute))))
        {
            Implement(graph, (InterfaceGraphType)Named(shared));
        }

        if (type.IsSubclassOf(typeof(UserError)))
        {
            Implement(graph, UserErrors);
        }

        if (extensions.Any(x => x.Class.IsDefined(typeof(NodeAttribute))))
        {
            Implement(graph, Node);
        }
    }

    private InterfaceGraphType Refusal()
    {
        var graph = new InterfaceGraphType
        {
            Name = nameof(UserError),
            Description = _source.Descriptions.Of(typeof(UserError)),
            ResolveType = TypeOf,
        };
        foreach (var property in SchemaSource.Properties(typeof(UserError), []))
        {
            var field = _fields.Property(property, typeof(UserError));
            field.Resolver = null;
            graph.AddField(field);
        }

        // No field returns UserError itself, so the type is added to the schema here.
        _known[typeof(UserError)] = graph;
        return graph;
    }

    private static void Implement(CmsObject graph, InterfaceGraphType shared)
    {
        graph.AddResolvedInterface(shared);
        shared.AddPossibleType(graph);
    }

    private InterfaceGraphType Interface(Type type, string name)
    {
        var graph = new InterfaceGraphType
        {
            Name = name,
            Description = _source.Descriptions.Of(type),
            ResolveType = TypeOf,
        };
        _unfinished.Enqueue(() =>
        {
            foreach (var property in SchemaSource.Properties(type, []))
            {
                var field = _fields.Property(property, type);
                field.Resolver = null;
                graph.AddField(field);
            }

            foreach (var implementation in _source.ImplementationsOf(type))
            {
                Named(implementation);
            }
        });
        return graph;
    }

    private UnionGraphType Union(Type type, string name)
    {
        var graph = new UnionGraphType
        {
            Name = name,
            Description = _source.Descriptions.Of(type),
            ResolveType = TypeOf,
        };
        _unfinished.Enqueue(() =>
        {
            foreach (var implementation in _source.ImplementationsOf(type))
            {
                graph.AddPossibleType((IObjectGraphType)Named(implementation));
            }
        });
        return graph;
    }

    private CmsObject ConnectionOf(Type type)
    {
        var item = type.GetGenericArguments()[0];
        var make = typeof(ConnectionTypes)
            .GetMethod(nameof(ConnectionTypes.Connection))!
            .MakeGenericMethod(item)
            .CreateDelegate<Func<OutputTypes, Scalars, IGraphType, CmsObject>>();
        var graph = make(this, _scalars, Named(item));
        _unfinished.Enqueue(() =>
        {
            foreach (var method in _source.ExtensionsOf(type).SelectMany(x => SchemaSource.Methods(x.Class)))
            {
                graph.AddField(_fields.Method(method));
            }
        });
        return graph;
    }

    /// <summary>Returns the object type of a value; null if it has none.</summary>
    public IObjectGraphType? TypeOf(object value)
    {
        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            if (_known.TryGetValue(type, out var graph))
            {
                return graph as IObjectGraphType;
            }
        }

        return null;
    }
}
