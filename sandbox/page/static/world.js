// The sandbox's state with its indexes: who is who, what is where, who may do what.

const DM_TYPES = [1, 3];
const MESSAGE_TYPES = [0, 2, 5, 10, 11, 12];
export const CATEGORY = 4;
export const THREADS = [10, 11, 12];
const ADMINISTRATOR = 8n;
// What Discord gives @everyone on a new server; used where the state names no permissions of roles.
const EVERYONE = 0x664f98637ce41n;

export class World {
  constructor(state) {
    this.guilds = state.guilds;
    this.dms = [...state.dms].sort((a, b) => Number(b.with_bot) - Number(a.with_bot));
    this.users = state.users;
    this.me = state.me;
    this.bot = state.bot;
    this.commands = state.commands;
    this.connect = state.connect;
    this.byUser = new Map(state.users.map((user) => [user.id, user]));
    this.byChannel = new Map();
    for (const guild of state.guilds) this.#indexGuild(guild);
    for (const dm of this.dms) this.byChannel.set(dm.id, { channel: { type: 1, ...dm }, guild: null });
  }

  #indexGuild(guild) {
    for (const channel of [...guild.channels, ...(guild.threads ?? [])]) {
      this.byChannel.set(channel.id, { channel, guild });
    }
    for (const member of guild.members) {
      const user = member.user;
      if (user?.id && !this.byUser.has(user.id)) this.byUser.set(user.id, user);
    }
  }

  user(id) {
    return this.byUser.get(id) ?? null;
  }

  channel(id) {
    return this.byChannel.get(id)?.channel ?? null;
  }

  guildOf(channelId) {
    return this.byChannel.get(channelId)?.guild ?? null;
  }

  isDm(channel) {
    return DM_TYPES.includes(channel.type);
  }

  role(guild, id) {
    return guild?.roles?.find((role) => role.id === id) ?? null;
  }

  /** People one can post as: everybody but bots. */
  get people() {
    return this.users.filter((user) => !user.bot);
  }

  membersOf(guild) {
    return guild.members
      .map((member) => ({ ...member, user: this.user(member.user?.id ?? member.user) }))
      .filter((m) => m.user);
  }

  member(guild, userId) {
    return guild?.members.find((member) => (member.user?.id ?? member.user) === userId) ?? null;
  }

  /** Members of the place: of the server, or the people of the conversation. */
  audience(channelId) {
    const { channel, guild } = this.byChannel.get(channelId) ?? {};
    if (guild) return this.membersOf(guild);
    const ids = new Set([this.me, ...(channel?.recipients ?? []).map((one) => one.id ?? one)]);
    return [...ids].map((id) => ({ user: this.user(id), roles: [] })).filter((member) => member.user);
  }

  /** Channels of a server in which one can write, in the order shown. */
  textChannels(guild) {
    return guild.channels.filter((channel) => MESSAGE_TYPES.includes(channel.type)).sort(byPosition);
  }

  /** Where Discord would place an interaction from this channel: 0 server, 1 the bot's DM, 2 private. */
  context(channelId) {
    const { channel, guild } = this.byChannel.get(channelId) ?? {};
    if (guild) return 0;
    return channel?.with_bot ? 1 : 2;
  }

  permissions(guild, userId) {
    const member = this.member(guild, userId);
    if (member?.admin) return ADMINISTRATOR;
    const known = (guild.roles ?? []).filter((role) => role.permissions !== undefined);
    if (known.length === 0) return EVERYONE;
    const held = known.filter((role) => role.id === guild.id || member?.roles?.includes(role.id));
    return held.reduce((bits, role) => bits | BigInt(role.permissions), 0n);
  }

  /** Whether Discord would offer this command to the acting user in this channel. */
  offers(command, channelId) {
    const guild = this.guildOf(channelId);
    if (command.guild_id && command.guild_id !== guild?.id) return false;
    const context = this.context(channelId);
    const contexts = command.contexts ?? (command.dm_permission === false ? [0] : [0, 1, 2]);
    const installs = command.integration_types ?? [0];
    if (!contexts.includes(context)) return false;
    const elsewhere = context === 2 || (context === 0 && !guild.commands_authorized);
    if (elsewhere && !installs.includes(1)) return false;
    const needed = command.default_member_permissions;
    if (context !== 0 || needed === null || needed === undefined) return true;
    const held = this.permissions(guild, this.me);
    if (held & ADMINISTRATOR) return true;
    return BigInt(needed) !== 0n && (held & BigInt(needed)) === BigInt(needed);
  }
}

export function byPosition(a, b) {
  return (a.position ?? 0) - (b.position ?? 0) || (BigInt(a.id) < BigInt(b.id) ? -1 : 1);
}

/** The name people see. */
export function nameOf(user) {
  return user?.global_name || user?.username || "?";
}

/** When a snowflake was made. */
export function snowflakeDate(id) {
  return new Date(Number((BigInt(id) >> 22n) + 1420070400000n));
}
