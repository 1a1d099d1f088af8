using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles;

/// <summary>The record of the model that drafted a text. Later revisions inherit it.</summary>
internal static class Provenance
{
    /// <summary>Returns what is wrong with a model that somebody names.</summary>
    public static IEnumerable<UserError> Refusals(DraftedWith? model)
    {
        if (model is null)
        {
            yield break;
        }

        if (string.IsNullOrWhiteSpace(model.Model))
        {
            yield return new ModelNameRequired() { Path = ["draftedWith", "model"] };
        }

        if (model.Model.Length > DraftedWith.MaxLength)
        {
            yield return new TextTooLong("draftedWith.model", DraftedWith.MaxLength)
            {
                Path = ["draftedWith", "model"],
            };
        }

        if (model.Version?.Length > DraftedWith.MaxLength)
        {
            yield return new TextTooLong("draftedWith.version", DraftedWith.MaxLength)
            {
                Path = ["draftedWith", "version"],
            };
        }
    }

    /// <summary>Returns the model of a new revision.</summary>
    /// <param name="before">The model of the revision that is edited; null if there is none.</param>
    /// <param name="sent">The model that was sent. If nothing was sent, the revision inherits the model.</param>
    /// <param name="by">Who saves the revision. A model that saves its own words needs to send nothing.</param>
    public static Result<Origin> Next(DraftedWith? before, Optional<DraftedWith?> sent, Actor by)
    {
        if (by.Contributor is { Kind: ContributorKind.Model, Name: var name, Key: var version })
        {
            return new Origin(new DraftedWith { Model = name, Version = version }, IsInherited: false);
        }

        if (!sent.HasValue)
        {
            return new Origin(before, IsInherited: true);
        }

        if (before is not null && sent.Value is null && !by.Is(Role.Editor))
        {
            return new ModelIsRecorded() { Path = ["draftedWith"] };
        }

        return Refusals(sent.Value).ToList() is [_, ..] refusals
            ? refusals
            : new Origin(sent.Value, IsInherited: false);
    }
}

/// <summary>Where the words of a revision come from.</summary>
/// <param name="DraftedWith">The model that drafted them; null if a person did.</param>
/// <param name="IsInherited">Whether they are inherited from the revision that is edited.</param>
internal sealed record Origin(DraftedWith? DraftedWith, bool IsInherited)
{
    /// <summary>Returns who last edited what the model drafted; null if nobody did.</summary>
    /// <param name="before">Who edited the revision that is edited now.</param>
    /// <param name="hasOtherWords">Whether the words differ from those of that revision.</param>
    /// <param name="by">Who saves the revision.</param>
    public string? EditedBy(string? before, bool hasOtherWords, Contributor by) =>
        !IsInherited || DraftedWith is null ? null
        : hasOtherWords ? by.Name
        : before;
}

/// <summary>The name of the model is missing.</summary>
public sealed record ModelNameRequired() : UserError("The name of the model is missing. Send it in draftedWith.");

/// <summary>Authors cannot remove the record of the model that drafted a text.</summary>
public sealed record ModelIsRecorded()
    : UserError("Only an editor can remove the record of the model that drafted this text. Ask an editor.");
