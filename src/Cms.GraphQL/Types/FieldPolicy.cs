using System.Reflection;

namespace Cms.GraphQL.Types;

/// <summary>The policy that restricts a field.</summary>
/// <param name="Sentence">What the policy requires, for descriptions and error messages.</param>
internal sealed record FieldPolicy(string Name, string Sentence)
{
    /// <summary>Returns the policy of a method or its class; null if the field is not restricted.</summary>
    public static FieldPolicy? Of(MethodInfo method, IPolicies policies)
    {
        var says =
            method.GetCustomAttribute<AuthorizeAttribute>()
            ?? method.DeclaringType!.GetCustomAttribute<AuthorizeAttribute>();

        // Throws if the policy does not exist, so that the mistake is found when the schema is built.
        return says is null ? null : new(says.Policy, policies.Describe(says.Policy));
    }

    /// <summary>
    /// Returns the error if a caller is not allowed to select <paramref name="field" />, and reports the refusal;
    /// otherwise null.
    /// </summary>
    public RequestError? Refusal(ICaller caller, IPolicies policies, string field)
    {
        if (policies.Allow(Name, caller))
        {
            return null;
        }

        policies.OnRefused(field, caller);
        return Refusal(caller, field, Sentence);
    }

    /// <summary>Returns the error that rejects a field, with the reason.</summary>
    public static RequestError Refusal(ICaller caller, string field, string sentence) =>
        caller.IsSignedIn
            ? new(ErrorCodes.NotAuthorized, $"You may not select {field}. {sentence}")
            : new(ErrorCodes.NotAuthenticated, $"Sign in to select {field}. {sentence}");
}
