using Cms.Panel;
using Cms.People;

namespace Cms.Articles.Publishing;

/// <summary>What readers are told of models' part in a text: computed from who did what, never typed in.</summary>
internal static class Disclosures
{
    /// <summary>For an article; null when no model drafted it.</summary>
    public static string? Of(Contributor drafter, Contributor publisher) =>
        drafter.Kind is ContributorKind.Model
            ? $"AI-assisted: drafted with {drafter.Name}{Reviewed(publisher)}."
            : null;

    /// <summary>For a take; null when a person wrote it as a person.</summary>
    public static string? Of(Take take, PersonaProfile profile, bool isAi) =>
        take.Drafter.Kind is ContributorKind.Model
            ? $"AI-assisted: drafted with {take.Drafter.Name}{Reviewed(take.Reviewer)}."
        : isAi ? $"{profile.Name} is an AI persona{Reviewed(take.Reviewer)}."
        : null;

    private static string Reviewed(Contributor? reviewer) =>
        reviewer is { Kind: ContributorKind.Person } person ? $", reviewed by {person.Name}" : "";
}
