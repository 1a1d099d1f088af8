using Cms.Media.Rights;
using Cms.Panel;
using Cms.People;

namespace Cms.Articles.Publishing;

/// <summary>
/// The public statements about the use of AI in a text. They are computed from the record of its revision and cannot be
/// edited.
/// </summary>
internal static class Disclosures
{
    /// <summary>Returns the disclosure of an article; null if no model drafted the revision.</summary>
    public static string? Of(Revision revision) => Of(revision.DraftedWith, revision.EditedBy, revision.ApprovedBy);

    /// <summary>Returns the disclosure of a take; null if a person wrote it for a persona that is not an AI.</summary>
    public static string? Of(TakeRevision revision, PersonaProfile profile, bool isAi) =>
        Of(revision.DraftedWith, revision.EditedBy, Person(revision.Reviewer))
        ?? (isAi ? PersonaOf(profile, Person(revision.Reviewer)) : null);

    /// <summary>Returns how a model contributed to an article; null if none did.</summary>
    public static DigitalSourceType? TypeOf(Revision revision) => TypeOf(revision.DraftedWith, revision.EditedBy);

    /// <summary>Returns how a model contributed to a take; null if none did.</summary>
    public static DigitalSourceType? TypeOf(TakeRevision revision, bool isAi) =>
        TypeOf(revision.DraftedWith, revision.EditedBy) ?? (isAi ? DigitalSourceType.TrainedAlgorithmicMedia : null);

    private static DigitalSourceType? TypeOf(DraftedWith? model, string? editor) =>
        model is null ? null
        : editor is not null ? DigitalSourceType.CompositeWithTrainedAlgorithmicMedia
        : DigitalSourceType.TrainedAlgorithmicMedia;

    private static string? Of(DraftedWith? model, string? editor, string? reviewer) =>
        model is null ? null
        : editor is null ? $"Written by {model.Model}{Reviewed(reviewer)}."
        : reviewer is null ? $"Drafted with {model.Model}, edited by {editor}."
        : reviewer == editor ? $"Drafted with {model.Model}, edited and reviewed by {reviewer}."
        : $"Drafted with {model.Model}, edited by {editor} and reviewed by {reviewer}.";

    private static string? Person(Contributor? reviewer) =>
        reviewer is { Kind: ContributorKind.Person } person ? person.Name : null;

    private static string PersonaOf(PersonaProfile profile, string? reviewer) =>
        reviewer is null
            ? $"{profile.Name} is an AI persona."
            : $"{profile.Name} is an AI persona. Reviewed by {reviewer}.";

    private static string Reviewed(string? reviewer) => reviewer is null ? "" : $", reviewed by {reviewer}";
}
