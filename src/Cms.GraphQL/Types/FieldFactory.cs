using System.Linq.Expressions;
using System.Reflection;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;

namespace Cms.GraphQL.Types;

/// <summary>Makes fields from properties and static methods.</summary>
internal sealed class FieldFactory(
    OutputTypes outputs,
    InputTypes inputs,
    XmlDescriptions descriptions,
    IPolicies policies
)
{
    public CmsField Property(PropertyInfo property, Type source) =>
        new()
        {
            Name = GraphNames.Field(property),
            Description = descriptions.Of(property),
            DeprecationReason = property.GetCustomAttribute<ObsoleteAttribute>()?.Message,
            ResolvedType = outputs.Of(Nullability.Of(property), property),
            Resolver = Resolver(property.PropertyType, Expression.Property(Binding.Source(source), property)),
            Weight = Weight(property),
            AssumedSize = AssumedSize(property),
            Needs = property.SetMethod is { IsPublic: true } ? [property.Name] : null,
            Read = Reader(row => Expression.Property(Expression.Convert(row, source), property)),
        };

    public CmsField Method(MethodInfo method) => ClrTypes.IsStream(method.ReturnType) ? Stream(method) : Single(method);

    /// <summary>
    /// Makes a field of the mutation root, with one input and a payload that contains the object or the errors.
    /// </summary>
    public CmsField Mutation(MethodInfo method)
    {
        var payload = PayloadTypes.Payload(outputs, method);
        var operate = LateCompiled.Of(
            Expression.Lambda(Expression.Call(method, method.GetParameters().Select(Binding.Of)), Binding.Context)
        );
        var resolver = (IFieldResolver)
            Activator.CreateInstance(
                typeof(MutationResolver<>).MakeGenericType(PayloadTypes.ValueOf(method)),
                operate,
                PayloadTypes.ErrorsOf(method)
            )!;
        return new()
        {
            Name = GraphNames.Field(method),
            Description = Description(method),
            DeprecationReason = method.GetCustomAttribute<ObsoleteAttribute>()?.Message,
            ResolvedType = OutputTypes.Required(payload),
            Arguments = [.. Arguments(method)],
            Policy = PolicyOf(method),
            Resolver = Guarded(PolicyOf(method), resolver),
            Weight = Weight(method),
        };
    }

    // The selection is executed for each event, with the event as its root value.
    private CmsField Stream(MethodInfo method) =>
        new()
        {
            Name = GraphNames.Field(method),
            Description = Description(method),
            DeprecationReason = method.GetCustomAttribute<ObsoleteAttribute>()?.Message,
            ResolvedType = outputs.Of(Nullability.Of(method.ReturnParameter), method),
            Arguments = [.. Arguments(method)],
            Policy = PolicyOf(method),
            Resolver = new ValueResolver(context => context.Source),
            StreamResolver = PulledStream.Instance,
            Events = Guarded(
                PolicyOf(method),
                LateCompiled.Of(
                    Expression.Lambda<Func<IResolveFieldContext, IAsyncEnumerable<object?>>>(
                        Expression.Call(
                            typeof(PulledStream),
                            nameof(PulledStream.Of),
                            method.ReturnType.GetGenericArguments(),
                            Expression.Call(method, method.GetParameters().Select(Binding.Of)),
                            Expression.Default(typeof(CancellationToken))
                        ),
                        Binding.Context
                    )
                )
            ),
        };

    private CmsField Single(MethodInfo method) =>
        new()
        {
            Name = GraphNames.Field(method),
            Description = Description(method),
            DeprecationReason = method.GetCustomAttribute<ObsoleteAttribute>()?.Message,
            ResolvedType = outputs.Of(Nullability.Of(method.ReturnParameter), method),
            Arguments = [.. Arguments(method)],
            Policy = PolicyOf(method),
            Resolver = Guarded(
                PolicyOf(method),
                Resolver(method.ReturnType, Expression.Call(method, method.GetParameters().Select(Binding.Of)))
            ),
            Weight = Weight(method),
            AssumedSize = AssumedSize(method),
            Needs = Needs(method),
            Read =
                method.GetParameters() is [var only]
                && only.IsDefined(typeof(ParentAttribute))
                && PolicyOf(method) is null
                    ? Reader(row => Expression.Call(method, Expression.Convert(row, only.ParameterType)))
                    : null,
        };

    /// <summary>Makes a field that is defined by the engine itself.</summary>
    public static CmsField Of<TSource>(string name, string description, IGraphType type, Func<TSource, object?> read) =>
        new()
        {
            Name = name,
            Description = description,
            ResolvedType = type,
            Resolver = new ValueResolver(context => read((TSource)context.Source!)),
        };

    private FieldPolicy? PolicyOf(MethodInfo method) => FieldPolicy.Of(method, policies);

    private string? Description(MethodInfo method) =>
        PolicyOf(method) is { } policy
            ? $"{descriptions.Of(method)} {policy.Sentence}".Trim()
            : descriptions.Of(method);

    private IFieldResolver Guarded(FieldPolicy? policy, IFieldResolver resolver) =>
        policy is null ? resolver : new GuardedResolver(policy, policies, resolver);

    private Func<IResolveFieldContext, IAsyncEnumerable<object?>> Guarded(
        FieldPolicy? policy,
        Func<IResolveFieldContext, IAsyncEnumerable<object?>> events
    ) =>
        policy is null
            ? events
            : context =>
            {
                GuardedResolver.Check(policy, policies, context);
                return events(context);
            };

    private static int Weight(MemberInfo member) => member.GetCustomAttribute<CostAttribute>()?.Weight ?? 0;

    private static int? AssumedSize(MemberInfo member) => member.GetCustomAttribute<ListSizeAttribute>()?.AssumedSize;

    private static string[]? Needs(MethodInfo method)
    {
        string[] needs = [];

        foreach (var parameter in method.GetParameters())
        {
            if (parameter.GetCustomAttribute<ParentAttribute>() is { } parent)
            {
                if (parent.Requires is null)
                {
                    return null;
                }

                needs = [.. needs, .. parent.Requires.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
            }
        }

        return needs;
    }

    private IEnumerable<QueryArgument> Arguments(MethodInfo method)
    {
        foreach (var parameter in method.GetParameters())
        {
            if (parameter.ParameterType == typeof(PageArguments))
            {
                foreach (var argument in PageOf())
                {
                    yield return argument;
                }
            }
            else if (Binding.IsArgument(parameter))
            {
                yield return new QueryArgument(inputs.Of(Nullability.Of(parameter), parameter))
                {
                    Name = GraphNames.Argument(parameter),
                    Description = descriptions.Of(parameter) ?? InputDescription(method, parameter),
                    DefaultValue = parameter.HasDefaultValue ? parameter.DefaultValue : null,
                    Parser = InputValues.For(parameter.ParameterType, parameter),
                };
            }
        }
    }

    // The fields of a mutation's input have their own descriptions, so the argument gets a generic one.
    private static string? InputDescription(MethodInfo method, ParameterInfo parameter) =>
        method.DeclaringType!.IsDefined(typeof(MutationTypeAttribute)) && parameter.Name == "input"
            ? $"The input of {GraphNames.Field(method)}."
            : null;

    private IEnumerable<QueryArgument> PageOf()
    {
        var (number, text) = (inputs.Scalars.Of(typeof(int))!, inputs.Scalars.Of(typeof(string))!);
        var sizes = $"1–{PageArguments.MaxSize}";
        yield return Argument(
            "first",
            number,
            $"The number of items to return from the start, or after `after`: {sizes}, default {PageArguments.DefaultSize}."
        );
        yield return Argument("after", text, "Return the items after this cursor.");
        yield return Argument(
            "last",
            number,
            $"The number of items to return from the end, or before `before`: {sizes}. If you send only `before`, the default is {PageArguments.DefaultSize}."
        );
        yield return Argument("before", text, "Return the items before this cursor.");
    }

    private static QueryArgument Argument(string name, IGraphType type, string description) =>
        new(type) { Name = name, Description = description };

    private static Func<object, object?>? Reader(Func<ParameterExpression, Expression> value)
    {
        var row = Expression.Parameter(typeof(object), "row");
        var read = value(row);
        return ClrTypes.IsPromise(read.Type)
            ? null
            : LateCompiled.Of(Expression.Lambda<Func<object, object?>>(Expression.Convert(read, typeof(object)), row));
    }

    private static IFieldResolver Resolver(Type type, Expression value)
    {
        var promise = type.IsGenericType ? type.GetGenericTypeDefinition() : null;

        if (promise == typeof(Task<>) || promise == typeof(ValueTask<>))
        {
            var resolver = promise == typeof(Task<>) ? typeof(TaskResolver<>) : typeof(ValueTaskResolver<>);
            var read = LateCompiled.Of(Expression.Lambda(value, Binding.Context));
            return (IFieldResolver)
                Activator.CreateInstance(resolver.MakeGenericType(type.GetGenericArguments()), read)!;
        }

        return new ValueResolver(
            LateCompiled.Of(
                Expression.Lambda<Func<IResolveFieldContext, object?>>(
                    Expression.Convert(value, typeof(object)),
                    Binding.Context
                )
            )
        );
    }
}
