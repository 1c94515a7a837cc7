export const CHAT_HOST = "chat.lantern-tides.test";
