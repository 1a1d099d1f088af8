using System.Reflection;
using Cms.Access;

namespace Cms.Api.Types;

/// <summary>Who may ask for a field.</summary>
internal sealed record FieldPolicy(string Name)
{
    /// <summary>What a method or its class says; null when everybody may.</summary>
    public static FieldPolicy? Of(MethodInfo method)
    {
        var says =
            method.GetCustomAttribute<AuthorizeAttribute>()
            ?? method.DeclaringType!.GetCustomAttribute<AuthorizeAttribute>();
        if (says is null)
        {
            return null;
        }

        // A policy that does not exist is found when the schema is made.
        Policies.Allow(says.Policy, Viewer.Anonymous);
        return new(says.Policy);
    }

    /// <summary>For the field's description.</summary>
    public string Sentence =>
        Name switch
        {
            Policies.Partner => "Only for a partner's application.",
            Policies.SignedIn => "Only for those who have signed in.",
            _ => $"Needs the role {Name}.",
        };

    /// <summary>Why a viewer may not ask for <paramref name="field" />; null when they may.</summary>
    public RequestError? Refusal(Viewer viewer, string field) =>
        Policies.Allow(Name, viewer) ? null
        : viewer.Kind is ViewerKind.Anonymous
            ? new(ErrorCodes.NotAuthenticated, $"Sign in to ask for {field}. {Sentence}")
        : new(ErrorCodes.NotAuthorized, $"You may not ask for {field}. {Sentence}");
}
