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
            outputs.Root<QueryTypeAttribute>("Query", "The queries of the API.")
            ?? new CmsObject(typeof(void)) { Name = "Query", Description = "The queries of the API." };
        new NodeFields(source).AddTo(query, outputs.Node, scalars.Id);
        Query = query;
        Subscription = outputs.Root<SubscriptionTypeAttribute>(
            "Subscription",
            "The events that clients can subscribe to."
        );
        Mutation = outputs.Root<MutationTypeAttribute>("Mutation", "The mutations of the API.");

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

        // GraphQL.NET adds includeDeprecated to all introspection fields that list arguments, except this one. Tools
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
                    Description = "Whether to include deprecated arguments. No directive has any.",
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
                    Description = "The URL of the scalar's specification.",
                    Type = typeof(StringGraphType),
                    Resolver = new ValueResolver(context => (context.Source as SpecifiedScalar)?.SpecifiedByUrl),
                }
            );
        }
    }
}
