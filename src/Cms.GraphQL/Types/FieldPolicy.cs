using System.Reflection;

namespace Cms.GraphQL.Types;

/// <summary>Who may ask for a field.</summary>
/// <param name="Name">The policy.</param>
/// <param name="Sentence">What the policy asks for, for descriptions and refusals.</param>
internal sealed record FieldPolicy(string Name, string Sentence)
{
    /// <summary>What a method or its class says; null when everybody may.</summary>
    public static FieldPolicy? Of(MethodInfo method, IPolicies policies)
    {
        var says =
            method.GetCustomAttribute<AuthorizeAttribute>()
            ?? method.DeclaringType!.GetCustomAttribute<AuthorizeAttribute>();

        // A policy that does not exist is found here, when the schema is made.
        return says is null ? null : new(says.Policy, policies.Describe(says.Policy));
    }

    /// <summary>Why a caller may not ask for <paramref name="field" />; null when they may.</summary>
    public RequestError? Refusal(ICaller caller, IPolicies policies, string field) =>
        policies.Allow(Name, caller) ? null : Refusal(caller, field, Sentence);

    /// <summary>Refuses a field, with the reason.</summary>
    public static RequestError Refusal(ICaller caller, string field, string sentence) =>
        caller.IsSignedIn
            ? new(ErrorCodes.NotAuthorized, $"You may not ask for {field}. {sentence}")
            : new(ErrorCodes.NotAuthenticated, $"Sign in to ask for {field}. {sentence}");
}
