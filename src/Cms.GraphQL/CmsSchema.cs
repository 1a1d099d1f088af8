using System.Reflection;
using Cms.GraphQL.Types;
using GraphQL.Introspection;
using GraphQL.Types;

namespace Cms.GraphQL;

/// <summary>The schema, built from the annotated classes of the given assemblies.</summary>
public sealed class CmsSchema : Schema
{
    public CmsSchema(IServiceProvider services, IPolicies policies, params IReadOnlyCollection<Assembly> assemblies)
        : base(services)
    {
        Features.DeprecationOfInputValues = true;
        Features.RepeatableDirectives = true;
        var source = new SchemaSource(assemblies);
        var scalars = new Scalars();
        var enums = new EnumTypes(source.Descriptions);
        var inputs = new InputTypes(scalars, enums, source.Descriptions);
        var outputs = new OutputTypes(source, scalars, enums, inputs, policies);
        var query =
            outputs.Root<QueryTypeAttribute>("Query", "Everything that can be read.")
            ?? new CmsObject(typeof(void)) { Name = "Query", Description = "Everything that can be read." };
        new NodeFields(source).AddTo(query, outputs.Node, scalars.Id);
        Query = query;
        Subscription = outputs.Root<SubscriptionTypeAttribute>("Subscription", "Everything that can be followed.");
        Mutation = outputs.Root<MutationTypeAttribute>("Mutation", "Everything that can be changed.");

        foreach (var type in source.ExtendedTypes)
        {
            outputs.Named(type);
        }

        foreach (var type in scalars.All.Concat(outputs.Finish()))
        {
            RegisterType(type);
        }
    }

    /// <summary>Returns the schema in its definition language. The same schema always gives the same text.</summary>
    public string Print() => SchemaText.Of(this);

    protected override void OnBeforeInitializeType(IGraphType graphType)
    {
        base.OnBeforeInitializeType(graphType);

        // GraphQL.NET adds includeDeprecated to all introspection fields that list arguments, except to this one. Tools
        // send it here too.
        if (
            graphType is __Directive directive
            && directive.GetField("args") is { } args
            && args.Arguments?.Find("includeDeprecated") is null
        )
        {
            args.Arguments =
            [
                new QueryArgument<BooleanGraphType>
                {
                    Name = "includeDeprecated",
                    Description = "Deprecated arguments as well; no directive here has any.",
                    DefaultValue = false,
                },
            ];
        }

        if (graphType is __Type type && !type.HasField("specifiedByURL"))
        {
            type.AddField(
                new FieldType
                {
                    Name = "specifiedByURL",
                    Description = "Where the form of a scalar is written down.",
                    Type = typeof(StringGraphType),
                    Resolver = new ValueResolver(context => (context.Source as SpecifiedScalar)?.SpecifiedByUrl),
                }
            );
        }
    }
}
