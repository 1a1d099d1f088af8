using Cms.Articles.Drafting;
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

    /// <summary>Returns the disclosure of a working copy; null if no model drafted it.</summary>
    public static string? Of(WorkingCopy copy) => Of(copy.DraftedWith, copy.EditedBy, copy.ApprovedBy);

    /// <summary>Returns the disclosure of a take; null if a person wrote it for a persona that is not an AI.</summary>
    /// <param name="persona">The name of the persona.</param>
    /// <param name="isAi">Whether it is an AI persona.</param>
    public static string? Of(TakeRevision revision, string persona, bool isAi) =>
        Of(revision.DraftedWith, revision.EditedBy, Person(revision.Reviewer))
        ?? (isAi ? PersonaOf(persona, Person(revision.Reviewer)) : null);

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

    private static string PersonaOf(string persona, string? reviewer) =>
        reviewer is null ? $"{persona} is an AI persona." : $"{persona} is an AI persona. Reviewed by {reviewer}.";

    private static string Reviewed(string? reviewer) => reviewer is null ? "" : $", reviewed by {reviewer}";
}
