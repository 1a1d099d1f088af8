using System.Globalization;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners;

public sealed record CreatePartnerInput
{
    public required PartnerFields Fields { get; init; }
}

/// <summary>Adds a partner. It receives nothing before it has an agreement.</summary>
public sealed class CreatePartner(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Partner>> Handle(CreatePartnerInput input, Actor actor, CancellationToken cancellationToken) =>
        database.WriteAsync<Partner>(
            actor,
            async (db, token) =>
            {
                var created = Partner.Create(PartnerId.New(), input.Fields, actor.Contributor, clock.Now());
                if (!created.Succeeded(out var partner, out _))
                {
                    return created;
                }

                if (await db.ClashAsync(partner, input.Fields, token) is { } clash)
                {
                    return clash;
                }

                db.Add(partner);
                await db.SetApplicationsAsync(partner, input.Fields, token);
                await db.SetPeopleAsync(partner, input.Fields, token);
                return partner;
            },
            cancellationToken
        );
}

public sealed record EditPartnerInput
{
    public required PartnerId Id { get; init; }

    /// <summary>
    /// Returns the new fields, given the current ones. It is called in the transaction, once for each attempt.
    /// </summary>
    public required Func<PartnerFields, PartnerFields> Edit { get; init; }

    public int? ExpectedVersion { get; init; }
}

/// <summary>Changes a partner's name, contacts, applications, people or notes.</summary>
public sealed class EditPartner(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Partner>> Handle(EditPartnerInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangePartnerAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            async (db, partner, token) =>
            {
                var keys = await db.ApplicationsOf(partner.Id).Select(a => a.Key).ToListAsync(token);
                var people = await db.PeopleOf(partner.Id).ToListAsync(token);
                var members = people.ConvertAll(p => new PartnerMember { Name = p.Name, Key = p.Key });
                var fields = input.Edit(
                    new PartnerFields
                    {
                        Name = partner.Name,
                        Contacts = partner.Contacts,
                        Applications = keys,
                        People = members,
                        Notes = partner.Notes,
                    }
                );
                var edited = partner.Edit(fields, actor.Contributor, clock.Now());
                if (edited.IsRefused)
                {
                    return edited.Errors.ToList();
                }

                if (await db.ClashAsync(partner, fields, token) is { } clash)
                {
                    return clash;
                }

                if (!fields.Applications.SequenceEqual(keys))
                {
                    partner.Touch(actor.Contributor, clock.Now());
                    await db.SetApplicationsAsync(partner, fields, token);
                }

                if (!fields.People.SequenceEqual(members))
                {
                    partner.Touch(actor.Contributor, clock.Now());
                    await db.SetPeopleAsync(partner, fields, token);
                }

                return partner;
            },
            cancellationToken
        );
}

internal static class PartnerRows
{
    extension(CmsDatabase database)
    {
        /// <summary>
        /// Changes one partner. Returns an error if it does not exist or is not at the expected version.
        /// </summary>
        /// <param name="actor">Who makes the change.</param>
        /// <param name="id">The partner, from the input field <c>id</c>.</param>
        /// <param name="expectedVersion">The version that the caller last read; null skips the check.</param>
        /// <param name="change">Makes the change in the transaction.</param>
        /// <param name="cancellationToken">Cancelled when the request ends.</param>
        public Task<Result<Partner>> ChangePartnerAsync(
            Actor actor,
            PartnerId id,
            int? expectedVersion,
            Func<CmsDbContext, Partner, CancellationToken, Task<Result<Partner>>> change,
            CancellationToken cancellationToken
        ) =>
            database.WriteAsync<Partner>(
                actor,
                async (db, token) =>
                    await db.Partners.FindAsync([id], token) is not { } partner
                        ? new PartnerNotFound(id) { Path = ["id"] }
                    : partner.Conflict(expectedVersion) is { } conflict ? conflict
                    : await change(db, partner, token),
                cancellationToken
            );
    }

    extension(CmsDbContext db)
    {
        /// <summary>The applications of a partner, in the order that the admin chose.</summary>
        public IQueryable<PartnerApplication> ApplicationsOf(PartnerId partner) =>
            db.PartnerApplications.Where(a => a.PartnerId == partner).OrderBy(a => a.Ordinal);

        /// <summary>The people who act for a partner, in the order that the admin chose.</summary>
        public IQueryable<PartnerPerson> PeopleOf(PartnerId partner) =>
            db.PartnerPeople.Where(p => p.PartnerId == partner).OrderBy(p => p.Ordinal);

        /// <summary>
        /// Returns an error if another partner has the name, one of the applications or one of the people; otherwise null.
        /// </summary>
        public async Task<UserError?> ClashAsync(
            Partner partner,
            PartnerFields fields,
            CancellationToken cancellationToken
        )
        {
            var (id, slug) = (partner.Id, partner.Slug);
            var namesake = await db
                .Partners.Where(p => p.Slug == slug && p.Id != id)
                .Select(p => p.Name)
                .FirstOrDefaultAsync(cancellationToken);
            if (namesake is not null)
            {
                return new PartnerNameTaken(namesake) { Path = ["name"] };
            }

            var keys = fields.Applications.ToList();
            var taken = await (
                from application in db.PartnerApplications
                where keys.Contains(application.Key) && application.PartnerId != id
                join owner in db.Partners on application.PartnerId equals owner.Id
                select new { application.Key, owner.Name }
            ).FirstOrDefaultAsync(cancellationToken);
            if (taken is not null)
            {
                return new ApplicationTaken(taken.Name)
                {
                    Path = ["applications", keys.IndexOf(taken.Key).ToString(CultureInfo.InvariantCulture)],
                };
            }

            var people = fields.People.Select(person => person.Key).ToList();
            var elsewhere = await (
                from person in db.PartnerPeople
                where people.Contains(person.Key) && person.PartnerId != id
                join owner in db.Partners on person.PartnerId equals owner.Id
                select new { person.Key, owner.Name }
            ).FirstOrDefaultAsync(cancellationToken);
            return elsewhere is null
                ? null
                : new PersonTaken(elsewhere.Name)
                {
                    Path = ["people", people.IndexOf(elsewhere.Key).ToString(CultureInfo.InvariantCulture)],
                };
        }

        /// <summary>Replaces the people who act for a partner.</summary>
        public async Task SetPeopleAsync(Partner partner, PartnerFields fields, CancellationToken cancellationToken)
        {
            var id = partner.Id;
            var before = await db.PartnerPeople.Where(p => p.PartnerId == id).ToListAsync(cancellationToken);
            if (before.Count > 0)
            {
                db.RemoveRange(before);
                await db.SaveChangesAsync(cancellationToken);
            }

            db.AddRange(
                fields
                    .People.DistinctBy(person => person.Key)
                    .Select(
                        (person, i) =>
                            new PartnerPerson
                            {
                                Key = person.Key,
                                PartnerId = id,
                                Name = person.Name,
                                Ordinal = i,
                            }
                    )
            );
        }

        /// <summary>Replaces the applications of a partner.</summary>
        public async Task SetApplicationsAsync(
            Partner partner,
            PartnerFields fields,
            CancellationToken cancellationToken
        )
        {
            var id = partner.Id;
            var before = await db.PartnerApplications.Where(a => a.PartnerId == id).ToListAsync(cancellationToken);
            if (before.Count > 0)
            {
                db.RemoveRange(before);
                await db.SaveChangesAsync(cancellationToken);
            }

            db.AddRange(
                fields
                    .Applications.Distinct()
                    .Select(
                        (key, i) =>
                            new PartnerApplication
                            {
                                Key = key,
                                PartnerId = id,
                                Ordinal = i,
                            }
                    )
            );
        }
    }
}
