using Cms.Articles;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Import;

/// <summary>What a file says about the origin of a text.</summary>
public sealed record TextOrigin
{
    // The width of the database columns.
    private const int MaxName = 200;

    /// <summary>The AI model that drafted the text; null if a person did.</summary>
    public DraftedWith? DraftedWith { get; init; }

    /// <summary>The person who edited what the model drafted; null if nobody did.</summary>
    public string? EditedBy { get; init; }

    /// <summary>The person who approved exactly this text; null if nobody did.</summary>
    public string? ReviewedBy { get; init; }

    internal IEnumerable<UserError> Refusals()
    {
        foreach (var refusal in Provenance.Refusals(DraftedWith))
        {
            yield return refusal;
        }

        if (EditedBy?.Length > MaxName)
        {
            yield return new TextTooLong("draftedWith.editedBy", MaxName) { Path = ["draftedWith", "editedBy"] };
        }

        if (ReviewedBy?.Length > MaxName)
        {
            yield return new TextTooLong("reviewedBy", MaxName) { Path = ["reviewedBy"] };
        }
    }

    /// <summary>Returns the origin, with what it inherits if the file does not name a model.</summary>
    /// <param name="model">The model that drafted the text before; null if there is none.</param>
    /// <param name="editedBy">Who edited it before.</param>
    internal TextOrigin Inheriting(DraftedWith? model, string? editedBy) =>
        DraftedWith is null ? this with { DraftedWith = model, EditedBy = model is null ? null : editedBy } : this;
}
