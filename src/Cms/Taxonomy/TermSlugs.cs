using Cms.Articles;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Taxonomy;

internal static class TermSlugs
{
    extension(CmsDbContext db)
    {
        /// <summary>
        /// Returns the slug if the term can have it. A slug is taken if another term of the kind has it or was public
        /// under it. Records of the slug that are no longer needed are deleted.
        /// </summary>
        /// <param name="requested">The requested slug; null to make one from the name.</param>
        /// <param name="name">The name of the term.</param>
        /// <param name="id">The term, which can use its earlier slugs again; null for a new one.</param>
        /// <param name="cancellationToken">Cancels the operation.</param>
        public async Task<Result<string>> ClaimTermSlugAsync<T, TId>(
            string? requested,
            string name,
            TId? id,
            CancellationToken cancellationToken
        )
            where T : Term<TId>, ITerm<T, TId>
            where TId : struct, IEntityId<TId>
        {
            var slug = requested ?? Slug.From(name);
            if (slug is null || !Slug.IsWellFormed(slug))
            {
                return new SlugMalformed(slug ?? "") { Path = ["slug"] };
            }

            if (ReservedSlugs.Contains(slug))
            {
                return new SlugReserved(slug) { Path = ["slug"] };
            }

            // A rename moves a slug from the term to its former slugs. In this order, one of the two reads sees it.
            var kind = T.Kind;
            var holder = await db.Set<T>().SingleOrDefaultAsync(term => term.Slug == slug, cancellationToken);
            var former = await db.TermSlugs.SingleOrDefaultAsync(
                s => s.Kind == kind && s.Slug == slug,
                cancellationToken
            );
            if (former is { WasPublic: true } && former.TermId.Value != id?.Value)
            {
                return new SlugTaken(slug) { Path = ["slug"] };
            }

            if (holder is not null && !holder.Id.Equals(id))
            {
                if (holder.DeletedAt is null || holder.MergedInto is not null)
                {
                    return new SlugTaken(slug) { Path = ["slug"] };
                }

                // If readers saw the term under a different slug, earlier editions still show its name.
                var holderId = SubjectId.Of(holder.Id);
                if (await db.TermSlugs.AnyAsync(s => s.TermId == holderId && s.WasPublic, cancellationToken))
                {
                    return new SlugTaken(slug) { Path = ["slug"] };
                }

                // Readers never saw this deleted term or its aliases, and no edition has them.
                List<TId> gone = [holder.Id];
                await db.Set<T>()
                    .Where(term => term.MergedInto != null && gone.Contains(term.MergedInto!.Value))
                    .ExecuteDeleteAsync(cancellationToken);
                db.Remove(holder);
                await db.SaveChangesAsync(cancellationToken);
            }

            if (former is { WasPublic: false })
            {
                db.Remove(former);
            }

            return slug;
        }

        /// <summary>
        /// Returns the term that has or had this slug, even if it was merged or deleted; null if there is none.
        /// </summary>
        public async Task<T?> NamedTermAsync<T, TId>(string slug, CancellationToken cancellationToken)
            where T : Term<TId>, ITerm<T, TId>
            where TId : struct, IEntityId<TId>
        {
            if (await db.Set<T>().SingleOrDefaultAsync(term => term.Slug == slug, cancellationToken) is { } current)
            {
                return current;
            }

            var kind = T.Kind;
            var former = await db
                .TermSlugs.Where(s => s.Kind == kind && s.Slug == slug)
                .SingleOrDefaultAsync(cancellationToken);
            if (former is null)
            {
                return null;
            }

            var found = await db.Set<T>().FindAsync([new TId { Value = former.TermId.Value }], cancellationToken);
            if (found is null)
            {
                db.Remove(former);
            }

            return found;
        }

        /// <summary>Brings a term back if it was deleted, or if the term that it was merged into was.</summary>
        public async Task ReviveTermAsync<T, TId>(
            T term,
            Contributor by,
            DateTimeOffset now,
            CancellationToken cancellationToken
        )
            where T : Term<TId>, ITerm<T, TId>
            where TId : struct, IEntityId<TId>
        {
            var current = term.MergedInto is { } target
                ? await db.Set<T>().FindAsync([target], cancellationToken)
                : term;
            if (current?.DeletedAt is not null)
            {
                current.Revive(by, now);
            }
        }

        /// <summary>Records the slug that a term has now, before the term is renamed, merged or deleted.</summary>
        public async Task RecordSlugAsync<T, TId>(T term, CancellationToken cancellationToken)
            where T : Term<TId>, ITerm<T, TId>
            where TId : struct, IEntityId<TId>
        {
            var (kind, slug, isPublic) = (T.Kind, term.Slug, term.FirstPublishedAt is not null);
            var known = await db.TermSlugs.SingleOrDefaultAsync(
                s => s.Kind == kind && s.Slug == slug,
                cancellationToken
            );
            if (known is not null)
            {
                known.WasPublic |= isPublic;
                return;
            }

            db.Add(
                new TermSlug
                {
                    Kind = kind,
                    Slug = slug,
                    TermId = SubjectId.Of(term.Id),
                    WasPublic = isPublic,
                }
            );
        }
    }

    extension(CmsDatabase database)
    {
        /// <summary>
        /// Changes one term. Returns an error if it does not exist, was merged, or is not at the expected version.
        /// </summary>
        /// <param name="actor">Who makes the change.</param>
        /// <param name="id">The term.</param>
        /// <param name="field">The input field that contains the id.</param>
        /// <param name="expectedVersion">The version the caller last read; null skips the check.</param>
        /// <param name="change">Makes the change in the transaction.</param>
        /// <param name="cancellationToken">Cancels the operation.</param>
        public Task<Result<T>> ChangeTermAsync<T, TId>(
            Actor actor,
            TId id,
            string field,
            int? expectedVersion,
            Func<CmsDbContext, T, CancellationToken, Task<Result<T>>> change,
            CancellationToken cancellationToken
        )
            where T : Term<TId>, ITerm<T, TId>
            where TId : struct, IEntityId<TId> =>
            database.WriteAsync<T>(
                actor,
                async (db, token) =>
                {
                    var found = await db.TermAsync<T, TId>(id, field, token);
                    return !found.Succeeded(out var term, out _) ? found
                        : term.Conflict(expectedVersion) is { } conflict ? conflict
                        : await change(db, term, token);
                },
                cancellationToken
            );
    }

    extension(CmsDbContext db)
    {
        /// <summary>
        /// Locks and reads a term. While it is locked, no edition can make it public. Returns an error if it does not
        /// exist or was merged.
        /// </summary>
        public async Task<Result<T>> TermAsync<T, TId>(TId id, string field, CancellationToken cancellationToken)
            where T : Term<TId>, ITerm<T, TId>
            where TId : struct, IEntityId<TId>
        {
            await db.LockTermsAsync<T, TId>([id], cancellationToken);
            if (await db.Set<T>().FindAsync([id], cancellationToken) is not { DeletedAt: null } term)
            {
                return T.NotFound(id) with { Path = [field] };
            }

            if (term.MergedInto is { } target)
            {
                List<TId> targets = [target];
                var slug = await db.Set<T>()
                    .Where(t => targets.Contains(t.Id))
                    .Select(t => t.Slug)
                    .SingleAsync(cancellationToken);
                return new TermMerged(target.Format(), slug) { Path = [field] };
            }

            return term;
        }
    }
}
