using Cms.Articles;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Microsoft.EntityFrameworkCore;

namespace Cms.Import;

/// <summary>The kind of an edition after the first publication, as a file names it.</summary>
public enum CorrectionKind
{
    /// <summary>An edition with a public note that says what was wrong.</summary>
    Correction,

    /// <summary>An edition without a note.</summary>
    Update,
}

/// <summary>A correction or an update in the file of an article.</summary>
public sealed record CorrectionItem
{
    /// <summary>Its line in the file.</summary>
    public required long Line { get; init; }

    /// <summary>When it was published.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether it is a correction or an update.</summary>
    public CorrectionKind Kind { get; init; }

    /// <summary>What was wrong; null for an update.</summary>
    public string? Note { get; init; }

    /// <summary>How serious the mistake was; null if the file does not say.</summary>
    public CorrectionSeverity? Severity { get; init; }
}

/// <summary>Compares the corrections and updates of a file with those of the article.</summary>
internal static class ImportedCorrections
{
    /// <summary>Returns what is wrong with the corrections and updates, in the order of their lines.</summary>
    /// <param name="input">The article to import.</param>
    /// <param name="article">The article as it is; null if it does not exist.</param>
    /// <param name="now">The current time.</param>
    public static IEnumerable<UserError> Refusals(ImportArticleInput input, Article? article, DateTimeOffset now)
    {
        if (input.Corrections is not [var first, ..])
        {
            yield break;
        }

        if (input.StaysDraft(now))
        {
            yield return Refusal(new CorrectionOfDraft(first.Line));
            yield break;
        }

        if ((article?.FirstPublishedAt ?? input.Date?.ToMilliseconds()) is not { } published)
        {
            yield return Refusal(new CorrectionWithoutDate(first.Line));
            yield break;
        }

        DateTimeOffset? before = null;
        foreach (var entry in input.Corrections)
        {
            if (entry.At > now)
            {
                yield return Refusal(new CorrectionInFuture(entry.Line, entry.At));
            }
            else if (entry.At < before)
            {
                yield return Refusal(new CorrectionOutOfOrder(entry.Line, entry.At, before.Value));
            }
            else if (entry.At < published)
            {
                yield return Refusal(new CorrectionTooEarly(entry.Line, entry.At, published));
            }

            before = entry.At;
            if (
                entry
                is { Kind: CorrectionKind.Update, Note: not null }
                    or { Kind: CorrectionKind.Update, Severity: not null }
            )
            {
                yield return Refusal(new NoteOnUpdate(entry.Line));
            }
            else if (entry.Kind is CorrectionKind.Correction && string.IsNullOrWhiteSpace(entry.Note))
            {
                yield return Refusal(new CorrectionNoteMissing(entry.Line));
            }
            else if (entry.Note?.Length > ArticleLimits.Note)
            {
                yield return Refusal(new CorrectionNoteTooLong(entry.Line, ArticleLimits.Note));
            }
        }
    }

    extension(CmsDbContext db)
    {
        /// <summary>
        /// Returns the corrections and updates of a file that the article does not have yet, or why the two contradict
        /// each other. The file must have all corrections of the article, but can leave out its updates.
        /// </summary>
        public async Task<Result<List<CorrectionItem>>> MissingAsync(
            Article? article,
            IReadOnlyList<CorrectionItem> listed,
            CancellationToken cancellationToken
        )
        {
            if (listed.Count == 0 || article?.LiveEditionId is null)
            {
                return listed.ToList();
            }

            var issued = await db
                .Editions.Where(e => e.ArticleId == article.Id && e.Kind != EditionKind.Advance)
                .OrderBy(e => e.Number)
                .Select(e => new IssuedEdition(e.Kind, e.LiveFrom, e.CorrectionNote, e.CorrectionSeverity))
                .ToListAsync(cancellationToken);
            return Missing(article.Slug, listed, issued);
        }
    }

    private static Result<List<CorrectionItem>> Missing(
        string slug,
        IReadOnlyList<CorrectionItem> listed,
        List<IssuedEdition> issued
    )
    {
        // A file cannot say that an article was withdrawn and published again, so it need not list the corrections
        // before that.
        var publication = issued.FindLastIndex(edition => edition.Kind is EditionKind.Published);
        var required = issued
            .Index()
            .Where(edition => edition.Item.Kind is EditionKind.Corrected && edition.Index > publication)
            .Select(edition => edition.Index)
            .ToHashSet();
        List<CorrectionItem> missing = [];
        var next = 0;
        foreach (var entry in listed)
        {
            var found = issued.FindIndex(next, edition => edition.IsListedAs(entry));
            if (found < 0)
            {
                missing.Add(entry);
                continue;
            }

            required.Remove(found);
            next = found + 1;
        }

        if (required.Count > 0)
        {
            return Refusal(new CorrectionNotListed(listed[0].Line, slug, issued[required.Min()].At));
        }

        var newest = issued[^1].At;
        return missing.Find(entry => entry.At < newest) is { } early
            ? Refusal(new CorrectionBeforeNewest(early.Line, early.At, slug, newest))
            : missing;
    }

    private static UserError Refusal(UserError refusal) => refusal with { Path = ["corrections"] };

    /// <summary>An edition that the article has.</summary>
    private sealed record IssuedEdition(EditionKind Kind, DateTimeOffset At, string? Note, CorrectionSeverity? Severity)
    {
        public bool IsListedAs(CorrectionItem entry) =>
            At == entry.At
            && entry.Kind switch
            {
                CorrectionKind.Update => Kind is EditionKind.Updated,
                _ => Kind is EditionKind.Corrected
                    && Note == entry.Note
                    && Severity == (entry.Severity ?? CorrectionSeverity.Minor),
            };
    }
}

/// <summary>A draft has corrections or updates.</summary>
/// <param name="Line">The line in the file.</param>
public sealed record CorrectionOfDraft(long Line)
    : UserError(
        $"Line {Line}: only a published article has corrections, and this file does not publish it. Remove corrections, or remove the status draft and the embargo."
    );

/// <summary>An article with corrections or updates has no publication date.</summary>
/// <param name="Line">The line in the file.</param>
public sealed record CorrectionWithoutDate(long Line)
    : UserError(
        $"Line {Line}: the file lists corrections, but not when the article was first published. Add the key ‘date’ with that time."
    );

/// <summary>A correction or an update has a time in the future.</summary>
/// <param name="Line">The line in the file.</param>
/// <param name="At">The time.</param>
public sealed record CorrectionInFuture(long Line, DateTimeOffset At)
    : UserError(
        $"Line {Line}: {At.InWords()} is in the future. Correct the time, or import the entry after that time."
    );

/// <summary>A correction or an update is dated before the entry above it.</summary>
/// <param name="Line">The line in the file.</param>
/// <param name="At">Its time.</param>
/// <param name="Before">The time of the entry above it.</param>
public sealed record CorrectionOutOfOrder(long Line, DateTimeOffset At, DateTimeOffset Before)
    : UserError(
        $"Line {Line}: {At.InWords()} is before {Before.InWords()}, the time of the entry above it. Correct the time, or list the oldest entry first."
    );

/// <summary>A correction or an update is dated before the first publication.</summary>
/// <param name="Line">The line in the file.</param>
/// <param name="At">Its time.</param>
/// <param name="Published">When the article was first published.</param>
public sealed record CorrectionTooEarly(long Line, DateTimeOffset At, DateTimeOffset Published)
    : UserError(
        $"Line {Line}: {At.InWords()} is before {Published.InWords()}, when the article was first published. Correct the time, or the date of the article."
    );

/// <summary>A correction has no note.</summary>
/// <param name="Line">The line in the file.</param>
public sealed record CorrectionNoteMissing(long Line)
    : UserError(
        $"Line {Line}: the correction needs a note that tells readers what was wrong. Add it, or write kind: update."
    );

/// <summary>The note of a correction is too long.</summary>
/// <param name="Line">The line in the file.</param>
/// <param name="MaxLength">The maximum length in characters.</param>
public sealed record CorrectionNoteTooLong(long Line, int MaxLength)
    : UserError($"Line {Line}: the note is too long. Shorten it to at most {MaxLength} characters.");

/// <summary>An update has a note or a severity.</summary>
/// <param name="Line">The line in the file.</param>
public sealed record NoteOnUpdate(long Line)
    : UserError($"Line {Line}: an update has no note and no severity. Remove them, or write kind: correction.");

/// <summary>The article has a correction that the file does not list.</summary>
/// <param name="Line">The line of the first entry in the file.</param>
/// <param name="Slug">The slug of the article.</param>
/// <param name="At">When the correction was published.</param>
public sealed record CorrectionNotListed(long Line, string Slug, DateTimeOffset At)
    : UserError(
        $"Line {Line}: ‘{Slug}’ has a correction of {At.InWords()} here that the file does not list with the same time, note and severity, and a published correction is never removed. Add it as the export writes it, or remove corrections from the file."
    );

/// <summary>A new correction or update is dated before the newest edition of the article.</summary>
/// <param name="Line">The line in the file.</param>
/// <param name="At">Its time.</param>
/// <param name="Slug">The slug of the article.</param>
/// <param name="Newest">The time of the newest edition.</param>
public sealed record CorrectionBeforeNewest(long Line, DateTimeOffset At, string Slug, DateTimeOffset Newest)
    : UserError(
        $"Line {Line}: ‘{Slug}’ has no such edition of {At.InWords()} here, and it has a newer one, of {Newest.InWords()}. Import adds editions only after the newest one. Remove the entry, or make the correction by hand."
    );
