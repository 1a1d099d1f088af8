using Cms.Articles;
using Cms.Authors;
using Cms.Data;
using Cms.GraphQL;
using Cms.Panel;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;

namespace Cms.Media.Library;

/// <summary>A use of an image.</summary>
/// <param name="Kind">What uses the image.</param>
/// <param name="UsedById">The id of the article, persona, tool, author or image.</param>
/// <param name="Title">
/// The headline of the article, the name of the persona, tool or author, or the file name of the image.
/// </param>
public sealed record MediaUsage(MediaUseKind Kind, [property: GraphQL.ID] string UsedById, string Title)
{
    public override string ToString() =>
        Kind switch
        {
            MediaUseKind.WorkingCopy => $"the working copy of ‘{Title}’",
            MediaUseKind.Article => $"the article ‘{Title}’",
            MediaUseKind.Schedule => $"the scheduled article ‘{Title}’",
            MediaUseKind.Persona => $"the persona ‘{Title}’",
            MediaUseKind.Tool => $"the tool ‘{Title}’",
            MediaUseKind.Author => $"the author ‘{Title}’",
            _ => $"the image ‘{Title}’, as its substitute",
        };
}

internal static class MediaUsages
{
    extension(CmsDbContext db)
    {
        /// <summary>Returns the uses of an image, newest first.</summary>
        public async Task<List<MediaUsage>> UsersOfAsync(MediaId media, int first, CancellationToken cancellationToken)
        {
            var uses = await db
                .MediaUses.AsNoTracking()
                .Where(u => u.MediaId == media)
                .OrderByDescending(u => u.UserId)
                .ThenBy(u => u.Kind)
                .Take(first)
                .ToListAsync(cancellationToken);
            var articles = uses.Where(u =>
                    u.Kind is MediaUseKind.WorkingCopy or MediaUseKind.Article or MediaUseKind.Schedule
                )
                .Select(u => new ArticleId(u.UserId.Value))
                .Distinct()
                .ToList();
            var headlines =
                articles.Count == 0
                    ? []
                    : await (
                        from article in db.Articles
                        where articles.Contains(article.Id)
                        join head in db.Revisions on article.HeadId equals head.Id
                        select new { article.Id, head.Content.Headline }
                    ).ToDictionaryAsync(a => a.Id, a => a.Headline, cancellationToken);
            var personas = IdsOf<PersonaId>(uses, MediaUseKind.Persona);
            var names =
                personas.Count == 0
                    ? []
                    : await db
                        .Personas.Where(p => personas.Contains(p.Id))
                        .Select(p => new { p.Id, p.Profile.Name })
                        .ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
            var tools = IdsOf<ToolId>(uses, MediaUseKind.Tool);
            var toolNames =
                tools.Count == 0
                    ? []
                    : await db
                        .Tools.Where(t => tools.Contains(t.Id))
                        .Select(t => new { t.Id, t.Name })
                        .ToDictionaryAsync(t => t.Id, t => t.Name, cancellationToken);
            var authors = IdsOf<AuthorId>(uses, MediaUseKind.Author);
            var authorNames =
                authors.Count == 0
                    ? []
                    : await db
                        .Authors.Where(a => authors.Contains(a.Id))
                        .Select(a => new { a.Id, a.Name })
                        .ToDictionaryAsync(a => a.Id, a => a.Name, cancellationToken);
            var images = IdsOf<MediaId>(uses, MediaUseKind.Image);
            var files =
                images.Count == 0
                    ? []
                    : await db
                        .MediaAssets.Where(a => images.Contains(a.Id))
                        .Select(a => new { a.Id, a.FileName })
                        .ToDictionaryAsync(a => a.Id, a => a.FileName, cancellationToken);
            return
            [
                .. uses.Select(use =>
                {
                    var id = use.UserId.Value;
                    return use.Kind switch
                    {
                        MediaUseKind.Persona => UsageOf(use.Kind, new PersonaId(id), names),
                        MediaUseKind.Tool => UsageOf(use.Kind, new ToolId(id), toolNames),
                        MediaUseKind.Author => UsageOf(use.Kind, new AuthorId(id), authorNames),
                        MediaUseKind.Image => UsageOf(use.Kind, new MediaId(id), files),
                        _ => UsageOf(use.Kind, new ArticleId(id), headlines),
                    };
                }),
            ];
        }
    }

    private static List<TId> IdsOf<TId>(List<MediaUse> uses, MediaUseKind kind)
        where TId : struct, IEntityId<TId> =>
        [.. uses.Where(use => use.Kind == kind).Select(use => new TId { Value = use.UserId.Value })];

    private static MediaUsage UsageOf<TId>(MediaUseKind kind, TId id, Dictionary<TId, string> titles)
        where TId : struct, IEntityId<TId> => new(kind, id.Format(), titles.GetValueOrDefault(id, ""));
}
