-- Creates the users of the two identities. sqlcmd replaces the variables. The id of a user is the client id of its
-- identity, so the server needs no permission to read Entra ID. A user of an identity that was made again is replaced.
DECLARE @app varbinary(16) = CONVERT(varbinary(16), CONVERT(uniqueidentifier, N'$(APP_ID)'));
DECLARE @migration varbinary(16) = CONVERT(varbinary(16), CONVERT(uniqueidentifier, N'$(MIGRATION_ID)'));
DECLARE @text nvarchar(max);

IF EXISTS (SELECT 1 FROM sys.database_principals WHERE name = N'$(APP_NAME)' AND sid <> @app)
BEGIN
    DROP USER [$(APP_NAME)];
END;

IF EXISTS (SELECT 1 FROM sys.database_principals WHERE name = N'$(MIGRATION_NAME)' AND sid <> @migration)
BEGIN
    DROP USER [$(MIGRATION_NAME)];
END;

IF NOT EXISTS (SELECT 1 FROM sys.database_principals WHERE name = N'$(APP_NAME)')
BEGIN
    SET @text = N'CREATE USER [$(APP_NAME)] WITH SID = ' + CONVERT(nvarchar(100), @app, 1) + N', TYPE = E;';
    EXEC (@text);
END;

IF NOT EXISTS (SELECT 1 FROM sys.database_principals WHERE name = N'$(MIGRATION_NAME)')
BEGIN
    SET @text = N'CREATE USER [$(MIGRATION_NAME)] WITH SID = ' + CONVERT(nvarchar(100), @migration, 1) + N', TYPE = E;';
    EXEC (@text);
END;

-- The app reads and writes rows. It cannot change the schema.
ALTER ROLE db_datareader ADD MEMBER [$(APP_NAME)];
ALTER ROLE db_datawriter ADD MEMBER [$(APP_NAME)];
GRANT EXECUTE TO [$(APP_NAME)];

-- Migrations change the schema, and rows.
ALTER ROLE db_ddladmin ADD MEMBER [$(MIGRATION_NAME)];
ALTER ROLE db_datareader ADD MEMBER [$(MIGRATION_NAME)];
ALTER ROLE db_datawriter ADD MEMBER [$(MIGRATION_NAME)];
