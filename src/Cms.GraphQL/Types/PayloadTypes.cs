using System.Reflection;
using GraphQL.Types;

namespace Cms.GraphQL.Types;

/// <summary>The result of a mutation: the object it changed, or the errors.</summary>
internal sealed record Payload(object? Value, IReadOnlyList<UserError> Errors, string? ClientMutationId);

/// <summary>Creates the output types of a mutation: <c>VerbNounPayload</c> and <c>VerbNounError</c>.</summary>
internal static class PayloadTypes
{
    // The number of errors that the cost of an operation assumes. A mutation returns few errors.
    private const int AssumedErrors = 5;

    /// <summary>Returns the error types that a mutation declares, and those of every mutation.</summary>
    public static IReadOnlyList<Type> ErrorsOf(MethodInfo method) =>
        [
            .. method
                .GetCustomAttributes<ErrorsAttribute>()
                .SelectMany(says => says.Types)
                .Append(typeof(IdempotencyKeyReused))
                .Distinct(),
        ];

    /// <summary>Returns the type of the value in a mutation's <c>Task</c> of a <c>Result</c>.</summary>
    /// <exception cref="NotSupportedException">The method is not a mutation.</exception>
    public static Type ValueOf(MethodInfo method) =>
        method.ReturnType is { IsGenericType: true } task
        && task.GetGenericTypeDefinition() == typeof(Task<>)
        && task.GetGenericArguments()[0] is var result
        && ClrTypes.Is(result, typeof(Result<>))
        && method.GetParameters().Where(Binding.IsArgument).ToList() is [{ Name: "input" } input]
        && input.ParameterType.IsAssignableTo(typeof(MutationInput))
        && GraphNames.Input(input.ParameterType) == $"{GraphNames.Pascal(GraphNames.Field(method))}Input"
            ? result.GetGenericArguments()[0]
            : throw new NotSupportedException(
                $"{method.DeclaringType}.{method.Name} is not a mutation: it must take one input that is named after it and derives from MutationInput, and return a Task of a Result."
            );

    public static CmsObject Payload(OutputTypes types, MethodInfo method)
    {
        var field = GraphNames.Field(method);
        var thing = types.Named(ValueOf(method));
        var given = method.GetCustomAttribute<PayloadAttribute>();
        var name = given?.Name ?? GraphNames.OfThing(thing.Name);
        var payload = new CmsObject(typeof(Payload))
        {
            Name = $"{GraphNames.Pascal(field)}Payload",
            Description = $"The result of {field}.",
        };
        payload.AddField(
            FieldFactory.Of<Payload>(
                name,
                $"The {given?.Words ?? GraphNames.Words(name)}; null if {field} was rejected.",
                thing,
                x => x.Value
            )
        );
        payload.AddField(
            new CmsField
            {
                Name = "errors",
                Description = $"The reasons why {field} was rejected; empty if it succeeded.",
                AssumedSize = AssumedErrors,
                ResolvedType = OutputTypes.Required(
                    new ListGraphType(OutputTypes.Required(Refusals(types, method, field)))
                ),
                Resolver = new ValueResolver(context => ((Payload)context.Source!).Errors),
            }
        );
        payload.AddField(
            FieldFactory.Of<Payload>(
                "clientMutationId",
                "The `clientMutationId` that the client sent; null if the client did not send one.",
                types.Named(typeof(string)),
                x => x.ClientMutationId
            )
        );
        return payload;
    }

    private static UnionGraphType Refusals(OutputTypes types, MethodInfo method, string field)
    {
        var union = new UnionGraphType
        {
            Name = $"{GraphNames.Pascal(field)}Error",
            Description = $"A reason why {field} can be rejected.",
            ResolveType = types.TypeOf,
        };
        foreach (var error in ErrorsOf(method))
        {
            union.AddPossibleType((IObjectGraphType)types.Named(error));
        }

        return union;
    }
}
