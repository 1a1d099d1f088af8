using Cms.Panel;
using Cms.People;

namespace Cms.Articles.Publishing;

/// <summary>
/// The public statements about the use of AI in a text. They are computed from its drafter and reviewer and cannot be
/// edited.
/// </summary>
internal static class Disclosures
{
    /// <summary>Returns the disclosure of an article; null if no model drafted it.</summary>
    public static string? Of(Contributor drafter, Contributor publisher) =>
        drafter.Kind is ContributorKind.Model
            ? $"AI-assisted: drafted with {drafter.Name}{Reviewed(publisher)}."
            : null;

    /// <summary>Returns the disclosure of a take; null if a person wrote it for a persona that is not an AI.</summary>
    public static string? Of(Take take, PersonaProfile profile, bool isAi) =>
        take.Drafter.Kind is ContributorKind.Model
            ? $"AI-assisted: drafted with {take.Drafter.Name}{Reviewed(take.Reviewer)}."
        : isAi ? $"{profile.Name} is an AI persona{Reviewed(take.Reviewer)}."
        : null;

    private static string Reviewed(Contributor? reviewer) =>
        reviewer is { Kind: ContributorKind.Person } person ? $", reviewed by {person.Name}" : "";
}
